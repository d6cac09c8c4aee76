/** How the mandatory fields of a PDU are written. */

/** The octets are not what they should be. Never leaves the codec. */
export class OctetsInvalid extends Error {}

export class OctetReader {
  readonly #octets: Buffer;
  #at: number;

  constructor(octets: Buffer, at: number) {
    this.#octets = octets;
    this.#at = at;
  }

  get left(): number {
    return this.#octets.length - this.#at;
  }

  /** A view, not a copy. */
  take(count: number): Buffer {
    if (count > this.left) throw new OctetsInvalid(`${count} octets wanted, ${this.left} left`);
    this.#at += count;
    return this.#octets.subarray(this.#at - count, this.#at);
  }

  octet(): number {
    const value = this.#octets[this.#at];
    if (value === undefined) throw new OctetsInvalid('1 octet wanted, none left');
    this.#at += 1;
    return value;
  }

  /** Up to a zero octet, which is passed over. */
  untilZero(): string {
    const end = this.#octets.indexOf(0, this.#at);
    if (end < 0) throw new OctetsInvalid('a text without an end');
    const text = this.#octets.subarray(this.#at, end).toString('latin1');
    this.#at = end + 1;
    return text;
  }
}

export interface Field<T> {
  readonly read: (reader: OctetReader) => T;
  /** How many octets it takes. */
  readonly lengthOf: (value: T) => number;
  /** @returns the place after it */
  readonly write: (value: T, into: Buffer, at: number) => number;
  /** What it is where a response leaves its body out. */
  readonly absent: T;
}

export const octet: Field<number> = {
  read: (reader) => reader.octet(),
  lengthOf: () => 1,
  write: (value, into, at) => {
    into[at] = value;
    return at + 1;
  },
  absent: 0,
};

/** A C string. On its way out it ends at its first zero, and what is not Latin-1 must have been refused before. */
export const text: Field<string> = {
  read: (reader) => reader.untilZero(),
  lengthOf: (value) => untilZero(value).length + 1,
  write: (value, into, at) => {
    const end = at + into.write(untilZero(value), at, 'latin1');
    into[end] = 0;
    return end + 1;
  },
  absent: '',
};

function untilZero(value: string): string {
  const end = value.indexOf('\0');
  return end < 0 ? value : value.slice(0, end);
}

const mostCounted = 254;

/** An octet that counts, then so many octets. */
export const counted: Field<Buffer> = {
  read: (reader) => reader.take(reader.octet()),
  lengthOf: ({ length }) => length + 1,
  write: (value, into, at) => {
    if (value.length > mostCounted) throw new RangeError(`short_message of ${value.length} octets`);
    into[at] = value.length;
    return at + 1 + value.copy(into, at + 1);
  },
  absent: Buffer.alloc(0),
};
