/** Two octets a unit, the higher one first. A pair of surrogates is two units, as phones of today read them. */
export function encodeUcs2(text: string): Buffer {
  return Buffer.from(text.toWellFormed(), 'utf16le').swap16();
}

/** Never fails: an octet left over is dropped, half a surrogate pair becomes U+FFFD. */
export function decodeUcs2(octets: Uint8Array): string {
  const whole = Buffer.from(octets.subarray(0, octets.length & ~1)); // a copy: it is turned around in its place
  const text = whole.swap16().toString('utf16le').toWellFormed();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
