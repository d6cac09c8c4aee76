import { findNationalId, nationalIdText } from '../platform/index.ts';

/**
 * A member is known by the national id; a newborn who has none yet, by the mother's and a serial number (M-38). Inside
 * both are numbers: those of newborns lie above all national ids.
 */
const above = 10n ** 13n;
const mostNewborns = 9;

export function temporaryKey(mother: bigint, serial: number): bigint {
  return BigInt(serial) * above + mother;
}

export function isTemporary(key: bigint): boolean {
  return key >= above;
}

export function motherOf(key: bigint): bigint {
  return key % above;
}

/** `0012345679`, or `0012345679-1` for the first newborn of this mother. */
export function memberText(key: bigint): string {
  return isTemporary(key) ? `${nationalIdText(motherOf(key))}-${String(key / above)}` : nationalIdText(key);
}

export function findMember(text: string): bigint | undefined {
  const [, mother, serial] = /^(.+)-([1-9])$/.exec(text) ?? [];
  if (mother === undefined) return findNationalId(text);
  const found = findNationalId(mother);
  return found === undefined || Number(serial) > mostNewborns ? undefined : temporaryKey(found, Number(serial));
}
