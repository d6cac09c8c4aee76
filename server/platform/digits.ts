const zero = 0x30;
const zeroPersian = 0x06f0;
const zeroArabic = 0x0660;

const isDigit = /^\p{Nd}$/u;

/** The digit 0..9 that a code point writes in any script; undefined where it is no digit. */
export function findDigit(codePoint: number): number | undefined {
  if (codePoint < 0x80) return isWithinTen(codePoint, zero);
  const usual = isWithinTen(codePoint, zeroPersian) ?? isWithinTen(codePoint, zeroArabic);
  if (usual !== undefined) return usual;
  if (!isDigit.test(String.fromCodePoint(codePoint))) return undefined;
  // Unicode writes the digits of every script from zero to nine, without a gap.
  let begin = codePoint;
  while (isDigit.test(String.fromCodePoint(begin - 1))) begin -= 1;
  return (codePoint - begin) % 10;
}

function isWithinTen(codePoint: number, first: number): number | undefined {
  const digit = codePoint - first;
  return digit >= 0 && digit <= 9 ? digit : undefined;
}

/** The same text with the digits of every script written 0..9. */
export function withLatinDigits(text: string): string {
  return text.replace(/[^\p{ASCII}]/gu, (character) => {
    const digit = findDigit(character.codePointAt(0) ?? 0);
    return digit === undefined ? character : String(digit);
  });
}
