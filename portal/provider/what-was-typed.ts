import { withLatinDigits } from '../parts/format.ts';

/** What stands in the one box: told apart by how many digits it has. */
export type Typed =
  { readonly kind: 'nationalId' | 'trackingCode'; readonly digits: string } | { readonly kind: 'empty' | 'wrong' };

/** What is wrong in the box, by the name of its text. */
export type BoxFault =
  'errors.provider.missing' | 'errors.provider.neither' | 'errors.nationalId.wrong' | 'errors.provider.notYourCode';

/** @param text digits of any script, with blanks, dashes and marks of direction between, as they come with a paste */
export function readTyped(text: string): Typed {
  const digits = withLatinDigits(text).replace(/[\s\p{Pd}\p{Cf}/._]/gu, '');
  if (digits === '') return { kind: 'empty' };
  if (/^\d{16}$/.test(digits)) return { kind: 'trackingCode', digits };
  // Of ten digits those zeros may be missing that a spreadsheet takes for nothing; foreign nationals have twelve.
  if (/^(?:\d{8,10}|\d{12})$/.test(digits)) return { kind: 'nationalId', digits };
  return { kind: 'wrong' };
}
