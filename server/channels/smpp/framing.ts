const headerOctets = 16;
/** Far more than any text that a handset can send; a longer PDU is a length misread. */
export const longestFrame = 16_384;

/** Cuts a stream of octets into PDUs. After an absurd length the stream has no meaning any more. */
export class Framing {
  #kept: Buffer = Buffer.alloc(0);
  #isBroken = false;

  /** Some octets of a PDU are there, and not all. */
  get isHalfway(): boolean {
    return this.#kept.length > 0;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The PDUs that are whole now; views of `octets` where they can be. */
  take(octets: Buffer): readonly Buffer[] {
    if (this.#isBroken) return [];
    const stream = this.#kept.length === 0 ? octets : Buffer.concat([this.#kept, octets]);
    const frames: Buffer[] = [];
    let at = 0;
    while (stream.length - at >= 4) {
      const length = stream.readUInt32BE(at);
      if (length < headerOctets || length > longestFrame) {
        this.#isBroken = true;
        break;
      }
      if (stream.length - at < length) break;
      frames.push(stream.subarray(at, at + length));
      at += length;
    }
    this.#kept = this.#isBroken || at === stream.length ? Buffer.alloc(0) : Buffer.from(stream.subarray(at));
    return frames;
  }
}
