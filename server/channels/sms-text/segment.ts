import { gsmSeptets } from './gsm-alphabet.ts';

export type TextAlphabet = 'gsm' | 'ucs2';

export interface Segments {
  readonly alphabet: TextAlphabet;
  /** Septets, or UCS-2 units (two for a surrogate pair). */
  readonly units: number;
  /** In order; together they are the text. One for an empty text. */
  readonly parts: readonly string[];
}

const octetsOfMessage = 140;

/** The header that each part of several carries; with a reference of 16 bits it is an octet longer. */
export type HeaderOctets = 6 | 7;

const graphemes = new Intl.Segmenter('fa', { granularity: 'grapheme' });

export function alphabetFor(text: string): TextAlphabet {
  return gsmSeptets(text) === undefined ? 'ucs2' : 'gsm';
}

/**
 * Divides a text as the air interface must: 160 septets or 70 UCS-2 units alone, 153 or 67 in each of several parts
 * (152 or 66 with the longer header). What is one sign to a reader (a surrogate pair, a letter with its marks or with a
 * zero-width non-joiner) is not cut, unless it alone is longer than a part.
 */
export function segment(text: string, alphabet = alphabetFor(text), headerOctets: HeaderOctets = 6): Segments {
  const units = unitsIn(text, alphabet);
  if (units <= roomFor(alphabet, 0)) return { alphabet, units, parts: [text] };
  const room = roomFor(alphabet, headerOctets);
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const sign of signsOf(text, alphabet, room)) {
    const needed = unitsIn(sign, alphabet);
    if (used + needed > room) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += sign;
    used += needed;
  }
  return { alphabet, units, parts: [...parts, part] };
}

function roomFor(alphabet: TextAlphabet, headerOctets: number): number {
  const octets = octetsOfMessage - headerOctets;
  return alphabet === 'gsm' ? Math.floor((octets * 8) / 7) : Math.floor(octets / 2);
}

function* signsOf(text: string, alphabet: TextAlphabet, room: number): Generator<string> {
  for (const { segment: sign } of graphemes.segment(text)) {
    if (unitsIn(sign, alphabet) <= room) yield sign;
    else yield* sign;
  }
}

/** Outside the alphabet a character counts as one: whoever names an alphabet has seen to it that the text is in it. */
function unitsIn(text: string, alphabet: TextAlphabet): number {
  return alphabet === 'gsm' ? (gsmSeptets(text) ?? text.length) : text.length;
}
