/** The default alphabet of GSM 03.38 with its extension, one septet in an octet, as SMPP carries it. */

const escape = 0x1b;

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ' +
  ' !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmnopqrstuvwxyzäöñüà';

const extension = new Map([
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
]);

const septetsOf = new Map<string, readonly number[]>([
  ...Array.from(basic).flatMap((character, code): [string, readonly number[]][] =>
    code === escape ? [] : [[character, [code]]],
  ),
  ...[...extension].map(([code, character]): [string, readonly number[]] => [character, [escape, code]]),
]);

/** How many septets the text takes (two for a character of the extension); undefined where it has others. */
export function gsmSeptets(text: string): number | undefined {
  let count = 0;
  for (const character of text) {
    const septets = septetsOf.get(character);
    if (septets === undefined) return undefined;
    count += septets.length;
  }
  return count;
}

/** @returns undefined where the alphabet lacks a character */
export function encodeGsm(text: string): Buffer | undefined {
  const codes: number[] = [];
  for (const character of text) {
    const septets = septetsOf.get(character);
    if (septets === undefined) return undefined;
    codes.push(...septets);
  }
  return Buffer.from(codes);
}

/** Never fails: what the extension lacks is read from the basic table, and the eighth bit is passed over, as GSM 03.38 says. */
export function decodeGsm(octets: Uint8Array): string {
  let text = '';
  let isExtended = false;
  for (const octet of octets) {
    const code = octet & 0x7f;
    if (code === escape) {
      if (isExtended) text += ' ';
      isExtended = !isExtended;
      continue;
    }
    text += (isExtended ? extension.get(code) : undefined) ?? basic.charAt(code);
    isExtended = false;
  }
  return text;
}
