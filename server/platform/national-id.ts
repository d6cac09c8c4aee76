import { withLatinDigits } from './digits.ts';

/**
 * National ids. Inside a bigint, at the edge a text: ten digits with a check digit, or the twelve digits of a foreign
 * national, of which only the form is known.
 */
const tenDigits = 10;
const smallestForeign = 10n ** 11n;
const equalDigits = 1_111_111_111;

/**
 * @param text digits of any script, blanks around them allowed; eight or nine digits lack their leading zeros
 * @returns the id as a number; undefined for what is none: wrong form, wrong check digit, all digits equal
 */
export function findNationalId(text: string): bigint | undefined {
  const digits = withLatinDigits(text.trim());
  if (!/^\d{8,12}$/.test(digits)) return undefined;
  if (digits.length === 12) return digits.startsWith('0') ? undefined : BigInt(digits);
  if (digits.length > tenDigits) return undefined;
  const id = Number(digits);
  return id % equalDigits !== 0 && checkDigitOf(Math.floor(id / 10)) === id % 10 ? BigInt(id) : undefined;
}

/** The id as it is shown and sent: ten or twelve Latin digits. */
export function nationalIdText(person: bigint): string {
  const digits = String(person);
  return person >= smallestForeign ? digits : digits.padStart(tenDigits, '0');
}

/** @param nine the first nine digits as a number */
export function checkDigitOf(nine: number): number {
  let sum = 0;
  let rest = nine;
  for (let weight = 2; weight <= tenDigits; weight += 1) {
    sum += (rest % 10) * weight;
    rest = Math.floor(rest / 10);
  }
  const remainder = sum % 11;
  return remainder < 2 ? remainder : 11 - remainder;
}
