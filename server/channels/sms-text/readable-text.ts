import { withLatinDigits } from '../../platform/index.ts';

const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** Marks that stand on a letter, the stretching stroke, soft hyphens and joiners. */
const passedOver = /\p{Mn}|\u0640|\u00ad|[\u200b-\u200d]/gu;

/**
 * A text as it is parsed and compared: digits 0..9, the Persian ya and kaf, no joiners, controls, vowel marks or
 * stretching strokes, one blank where there were many. Line ends stay. Not for showing.
 */
export function readableText(text: string): string {
  return withLatinDigits(text.normalize('NFKC'))
    .replace(bidiControls, '')
    .replace(passedOver, '')
    .replace(/[يى]/g, 'ی')
    .replaceAll('ك', 'ک')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** What is sent: handsets show these controls as boxes, and each costs a character. */
export function withoutBidiControls(text: string): string {
  return text.replace(bidiControls, '');
}
