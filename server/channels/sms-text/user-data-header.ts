/** Which part of which text this is. */
export interface Concatenation {
  /** The sender's number for the whole text. */
  readonly reference: number;
  /** How the number was written: the same number in another form is another text. */
  readonly form: '8bit' | '16bit' | 'sar';
  readonly total: number;
  /** From 1. */
  readonly number: number;
}

const reference8 = 0x00;
const reference16 = 0x08;

/** The user data header of GSM 03.40, 9.2.3.24, for one part. The reference is cut to its width. */
export function writeConcatenation({ reference, form, total, number }: Concatenation): Buffer {
  if (form === '8bit') return Buffer.from([5, reference8, 3, reference & 0xff, total, number]);
  return Buffer.from([6, reference16, 4, (reference >> 8) & 0xff, reference & 0xff, total, number]);
}

/**
 * Divides what begins with a user data header. A header that runs over the end is taken for text; elements that make no
 * sense are passed over, as GSM 03.40 says.
 */
export function readUserData(octets: Uint8Array): { body: Uint8Array; concatenation: Concatenation | undefined } {
  const end = 1 + (octets[0] ?? 0);
  if (end > octets.length) return { body: octets, concatenation: undefined };
  let concatenation: Concatenation | undefined;
  for (let at = 1; at + 2 <= end;) {
    const [element = 0, length = 0] = [octets[at], octets[at + 1]];
    if (at + 2 + length > end) break;
    concatenation = readElement(element, octets.subarray(at + 2, at + 2 + length)) ?? concatenation;
    at += 2 + length;
  }
  return { body: octets.subarray(end), concatenation };
}

function readElement(element: number, value: Uint8Array): Concatenation | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = value;
  if (element === reference8 && value.length === 3) return asConcatenation(a, '8bit', b, c);
  if (element === reference16 && value.length === 4) return asConcatenation(a * 256 + b, '16bit', c, d);
  return undefined;
}

/** @returns undefined where the numbers name no part of a text of several */
export function asConcatenation(
  reference: number,
  form: Concatenation['form'],
  total: number,
  number: number,
): Concatenation | undefined {
  return total >= 2 && number >= 1 && number <= total ? { reference, form, total, number } : undefined;
}
