import { alphabetFor, decodeGsm, decodeUcs2, encodeGsm, encodeUcs2 } from '../sms-text/index.ts';
import type { Alphabet, Operator } from './operator.ts';

/** `data_coding` of SMPP 3.4, 5.2.19, where nothing else is said; others below 16 are no alphabet of ours. */
const usual = new Map<number, Alphabet | 'default'>([
  [0, 'default'],
  [1, 'ascii'],
  [3, 'latin1'],
  [8, 'ucs2'],
  [15, 'default'],
]);

/** In which alphabet a text came: as the operator says, else as SMPP 3.4, else as GSM 03.38, 4. */
export function alphabetOf(code: number, { dataCoding }: Operator): Alphabet {
  const said = dataCoding.incoming[String(code)] ?? usual.get(code);
  if (said !== undefined) return said === 'default' ? dataCoding.defaultAlphabet : said;
  if (code < 0x10) return 'binary';
  if (code < 0x80) {
    const kind = (code >> 2) & 3;
    return kind === 1 ? 'binary' : kind === 2 ? 'ucs2' : dataCoding.defaultAlphabet;
  }
  if (code >= 0xe0 && code < 0xf0) return 'ucs2';
  return code >= 0xf0 && (code & 4) !== 0 ? 'binary' : dataCoding.defaultAlphabet;
}

/** Never fails. Binary data is no text: empty. */
export function decodeText(octets: Uint8Array, alphabet: Alphabet): string {
  switch (alphabet) {
    case 'gsm':
      return decodeGsm(octets);
    case 'ucs2':
      return decodeUcs2(octets);
    case 'ascii':
      return Buffer.from(octets).toString('ascii');
    case 'latin1':
      return Buffer.from(octets).toString('latin1');
    case 'binary':
      return '';
  }
}

/** Whether a text goes out in the operator's default alphabet: then the air interface must have every sign, too. */
export function isInDefaultAlphabet(text: string, { dataCoding }: Operator): boolean {
  if (alphabetFor(text) !== 'gsm') return false;
  if (dataCoding.defaultAlphabet === 'gsm') return true;
  const highest = dataCoding.defaultAlphabet === 'ascii' ? 0x7f : 0xff;
  return Array.from(text).every((character) => (character.codePointAt(0) ?? 0) <= highest);
}

/** @param isDefault as `isInDefaultAlphabet` said of the whole text */
export function encodeText(text: string, isDefault: boolean, { dataCoding }: Operator): Buffer {
  if (!isDefault) return encodeUcs2(text);
  return dataCoding.defaultAlphabet === 'gsm' ? (encodeGsm(text) ?? Buffer.alloc(0)) : Buffer.from(text, 'latin1');
}
