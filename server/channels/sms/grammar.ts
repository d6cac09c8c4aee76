import { findNationalId } from '../../platform/index.ts';
import { readableText } from '../sms-text/index.ts';

/** What a text says, before it is known whose number it comes from. */
export type Said =
  /** `0`: about oneself. */
  | { readonly kind: 'own' }
  | { readonly kind: 'person'; readonly person: bigint }
  /** `PROVIDERCODE*NATIONALID`. */
  | { readonly kind: 'byProvider'; readonly code: string; readonly person: bigint }
  /** Digits that were meant as a national id, and are none. */
  | { readonly kind: 'wrongId' }
  | { readonly kind: 'other' };

const separators = /[\s*#\p{Pd}]+/u;
const longestText = 200;

/**
 * The words of a text: digits of any script as 0..9, what cannot be seen (direction marks, joiners) left out; divided by
 * blanks, `*`, `#`, dashes and new lines.
 */
export function wordsOf(text: string): readonly string[] {
  return readableText(text.slice(0, longestText))
    .replace(/\p{Cf}/gu, '')
    .split(separators)
    .filter((word) => word !== '');
}

/** One text for all ways of writing the same: what is asked again within a minute gets the same answer. */
export function sameText(text: string): string {
  return wordsOf(text).join(' ').toUpperCase();
}

/** A provider's code as a text would have it, whatever dashes or blanks stand in it. */
export const codeInWords = sameText;

/** Reads any text whatsoever; never throws. */
export function readText(text: string): Said {
  const words = wordsOf(text);
  const last = words.at(-1);
  if (last === undefined) return { kind: 'other' };
  if (words.length === 1 && /^0+$/.test(last) && last.length < 8) return { kind: 'own' };
  const whole = findWritten(words);
  if (whole !== undefined) return { kind: 'person', person: whole };
  const person = findNationalId(last);
  if (person !== undefined && words.length > 1) {
    return { kind: 'byProvider', code: words.slice(0, -1).join(' ').toUpperCase(), person };
  }
  return /^\d{7,13}$/.test(words.join('')) || /^\d{8,12}$/.test(last) ? { kind: 'wrongId' } : { kind: 'other' };
}

/** One id, written in one piece or, as on the card, in several: `001-234567-9`. */
function findWritten(words: readonly string[]): bigint | undefined {
  const [only] = words;
  if (words.length === 1 && only !== undefined) return findNationalId(only);
  const isInPieces = words.every((word) => /^\d{1,7}$/.test(word));
  const joined = words.join('');
  return isInPieces && (joined.length === 10 || joined.length === 12) ? findNationalId(joined) : undefined;
}
