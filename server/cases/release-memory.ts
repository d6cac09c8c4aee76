/**
 * Frees the memory of bytes that nobody reads again. A thread that only hands bytes on makes so little other garbage that
 * its collector would let tens of megabytes of them pile up. Bytes that share their memory with others are left alone.
 */
export function releaseMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
