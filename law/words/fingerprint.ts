const prime = 0x100_0000_01b3n;
const offset = 0xcbf2_9ce4_8422_2325n;

/** Sixteen hexadecimal digits that change with the text (FNV-1a, 64 bits, over UTF-16 units): a name, no protection. */
export function fingerprint(text: string): string {
  let hash = offset;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * prime);
  }
  return hash.toString(16).padStart(16, '0');
}
