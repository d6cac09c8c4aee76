import { createCipheriv, type Cipheriv } from 'node:crypto';
import { highestId, withLatinDigits } from '../platform/index.ts';

/**
 * A tracking code is the id of an inquiry under a permutation that only the holder of the key can follow, as 15 digits,
 * and a check digit. From one code no other can be guessed: neither how many there are, nor when they were given.
 *
 * The permutation is a Feistel network over 50 bits with AES as its round function; numbers that come out with more than
 * 15 digits go through it again until they have none too many.
 */
const halfBits = 25;
const halfSize = 2 ** halfBits;
const rounds = 10;
const digits = 15;
const codes = 10 ** digits;
const blockBytes = 16;

/** Damm's quasigroup: the check digit tells every single wrong digit and every swap of two neighbours. */
const damm = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

/** 0 for digits that end in their check digit; else the check digit that they lack. */
export function checkDigit(text: string): number {
  let state = 0;
  for (const digit of text) state = damm[state]?.[Number(digit)] ?? 0;
  return state;
}

/** `1234 5678 9012 3456`, as it is shown. */
export function inGroups(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}

export class TrackingCodes {
  readonly #cipher: Cipheriv;

  /** @param key 16 bytes */
  constructor(key: Uint8Array) {
    this.#cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  }

  /** The codes of ids, in their order: sixteen digits each. */
  codesOf(ids: readonly bigint[]): string[] {
    const numbers = ids.map(Number);
    this.#walk(numbers, (some) => {
      for (let round = 0; round < rounds; round += 1) this.#forward(some, round);
    });
    return numbers.map((number) => {
      const text = String(number).padStart(digits, '0');
      return `${text}${checkDigit(text)}`;
    });
  }

  codeOf(id: bigint): string {
    return this.codesOf([id])[0] ?? '';
  }

  /**
   * @param text a code as people write it: blanks and dashes are passed over, digits of any script are read
   * @returns the id that has this code; undefined where no id can have it
   */
  findId(text: string): bigint | undefined {
    const code = withLatinDigits(text).replace(/[\s\p{Pd}\p{Cf}]/gu, '');
    if (!/^\d{16}$/.test(code) || checkDigit(code) !== 0) return undefined;
    const numbers = [Number(code.slice(0, digits))];
    this.#walk(numbers, (some) => {
      for (let round = rounds - 1; round >= 0; round -= 1) this.#backward(some, round);
    });
    const id = BigInt(numbers[0] ?? 0);
    return id <= highestId ? id : undefined;
  }

  /** Replaces each number by its image; images beyond the codes are replaced again. */
  #walk(numbers: number[], permute: (some: number[]) => void): void {
    let places = numbers.map((_, place) => place);
    while (places.length > 0) {
      const some = places.map((place) => numbers[place] ?? 0);
      permute(some);
      places.forEach((place, index) => (numbers[place] = some[index] ?? 0));
      places = places.filter((place) => (numbers[place] ?? 0) >= codes);
    }
  }

  #forward(numbers: number[], round: number): void {
    const right = numbers.map((number) => number % halfSize);
    const mixed = this.#mix(right, round);
    right.forEach((low, index) => {
      const high = Math.floor((numbers[index] ?? 0) / halfSize);
      numbers[index] = low * halfSize + (high ^ (mixed[index] ?? 0));
    });
  }

  #backward(numbers: number[], round: number): void {
    const left = numbers.map((number) => Math.floor(number / halfSize));
    const mixed = this.#mix(left, round);
    left.forEach((high, index) => {
      const low = (numbers[index] ?? 0) % halfSize;
      numbers[index] = (low ^ (mixed[index] ?? 0)) * halfSize + high;
    });
  }

  /** 25 bits out of AES for each half; all of a batch in one call. */
  #mix(halves: readonly number[], round: number): number[] {
    const blocks = Buffer.alloc(halves.length * blockBytes);
    halves.forEach((half, index) => {
      blocks[index * blockBytes] = round;
      blocks.writeUInt32LE(half, index * blockBytes + 4);
    });
    const mixed = this.#cipher.update(blocks);
    return halves.map((_, index) => mixed.readUInt32LE(index * blockBytes) % halfSize);
  }
}
