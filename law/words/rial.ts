/* Money is whole rials. */

/** Is `amount` less than `percent` of `whole`? Exact: no fraction is ever formed. */
export function isUnderPercent(amount: number, percent: number, whole: number): boolean {
  return amount * 100 < percent * whole;
}

/** So much per cent of an amount; a part of a rial is left to the payer. */
export function percentOf(amount: number, percent: number): number {
  return Math.floor((amount * percent) / 100);
}
