/** What is wrong with a JSON document: where (a JSON pointer), and what was expected there. */
export type Fault = { readonly path: string; readonly message: string };

type Key = string | number;
type Found = { readonly keys: readonly Key[]; readonly message: string; readonly missing: boolean };

function pointer(keys: readonly Key[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** One pass over a JSON document, in its order, writing down what is wrong in it. */
export class Reading {
  readonly #keys: Key[] = [];
  /** The document is read in its order: what was found first stands first. */
  #found: Found | undefined;
  readonly #clashes: Found[] = [];

  inside<T>(
    key: Key,
    shape: { readonly read: (value: unknown, reading: Reading) => T | undefined },
    value: unknown,
  ): T | undefined {
    this.#keys.push(key);
    const read = shape.read(value, this);
    this.#keys.pop();
    return read;
  }

  fault(message: string): void {
    this.#found ??= { keys: [...this.#keys], message, missing: false };
  }

  faultAt(key: Key, message: string): void {
    this.#found ??= { keys: [...this.#keys, key], message, missing: false };
  }

  /** A key that should have been there, said when the rest of its object was read. */
  missing(key: string, message: string): void {
    this.#found ??= { keys: [...this.#keys, key], message, missing: true };
  }

  /** Facts that are each well-formed but clash, found afterwards; `keys` lead to the one that is named. */
  clash(keys: readonly Key[], message: string): void {
    this.#clashes.push({ keys, message, missing: false });
  }

  get isFaultless(): boolean {
    return this.#found === undefined && this.#clashes.length === 0;
  }

  /** The first fault in document order: an object before its contents, a missing key at the end of its object. */
  first(document: unknown): Fault | undefined {
    const places = new Places();
    let first = this.#found;
    for (const clash of this.#clashes) {
      if (first === undefined || order(clash, first, document, places) < 0) first = clash;
    }
    return first === undefined ? undefined : { path: pointer(first.keys), message: first.message };
  }
}

function order(one: Found, other: Found, document: unknown, places: Places): number {
  let container = document;
  for (let depth = 0; ; depth += 1) {
    const [oneKey, otherKey] = [one.keys[depth], other.keys[depth]];
    if (oneKey === undefined || otherKey === undefined) return one.keys.length - other.keys.length;
    if (oneKey !== otherKey) return places.of(one, depth, container) - places.of(other, depth, container);
    container = (container as Readonly<Record<Key, unknown>>)[oneKey];
  }
}

/** The places of keys among their neighbours. */
class Places {
  readonly #known = new Map<unknown, ReadonlyMap<string, number>>();

  of({ keys, missing }: Found, depth: number, container: unknown): number {
    const key = keys[depth];
    if (typeof key === 'number') return key;
    if (key === undefined || (missing && depth === keys.length - 1)) return Number.MAX_SAFE_INTEGER;
    let places = this.#known.get(container);
    if (places === undefined) {
      places = new Map(Object.keys(container as object).map((one, index) => [one, index]));
      this.#known.set(container, places);
    }
    return places.get(key) ?? Number.MAX_SAFE_INTEGER;
  }
}
