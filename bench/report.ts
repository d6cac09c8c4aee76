export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function report(what: string, value: number, unit: string): void {
  const digits = value < 100 ? 2 : 0;
  console.log(`${what}: ${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`);
}
