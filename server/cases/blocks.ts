export const mostBytesOfALine = 1_000_000;

/** Of a line that is too long, so much that it is still seen to be too long, also behind a byte order mark. */
const mostBytesKept = mostBytesOfALine + 4;

const lineEnd = 0x0a;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Cuts pieces of UTF-8 text into blocks of whole lines. A line that is far too long keeps its place, and only its beginning.
 * Every block has memory of its own, which may be handed on to another thread.
 */
export class Blocks {
  #begun: Uint8Array[] = [];
  #begunBytes = 0;
  #first = true;

  /** @returns the lines that end in this piece; empty where none does */
  take(piece: Uint8Array): Uint8Array<ArrayBuffer> {
    const end = piece.lastIndexOf(lineEnd) + 1;
    if (end === 0) {
      this.#begin(piece);
      return new Uint8Array();
    }
    const block = this.#withoutMark(joined([...this.#begun, piece.subarray(0, end)]));
    this.#begun = [];
    this.#begunBytes = 0;
    this.#begin(piece.subarray(end));
    return block;
  }

  /** @returns the last line, where no line end follows it; else empty */
  rest(): Uint8Array<ArrayBuffer> {
    return this.#withoutMark(joined(this.#begun));
  }

  #begin(piece: Uint8Array): void {
    const kept = piece.subarray(0, mostBytesKept - this.#begunBytes);
    if (kept.length === 0) return;
    this.#begun.push(new Uint8Array(kept));
    this.#begunBytes += kept.length;
  }

  /** Some editors begin a file with a byte order mark. */
  #withoutMark(block: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (!this.#first) return block;
    this.#first = false;
    return byteOrderMark.every((byte, index) => block[index] === byte) ? block.subarray(byteOrderMark.length) : block;
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((bytes, { length }) => bytes + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
