/** What is wrong with a JSON document: where (a JSON pointer), and what was expected there. */
export type Fault = { readonly path: string; readonly message: string };

type Key = string | number;
type Found = { readonly keys: readonly Key[]; readonly message: string; readonly missing: boolean };

function pointer(keys: readonly Key[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** One pass over a JSON document, writing down what is wrong in it. */
export class Reading {
  readonly #keys: Key[] = [];
  readonly #faults: Found[] = [];

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
    this.#faults.push({ keys: [...this.#keys], message, missing: false });
  }

  faultAt(key: Key, message: string): void {
    this.#faults.push({ keys: [...this.#keys, key], message, missing: false });
  }

  missing(key: string, message: string): void {
    this.#faults.push({ keys: [...this.#keys, key], message, missing: true });
  }

  /** Facts that are each well-formed but clash; `keys` lead from the document's root to the one that is named. */
  clash(keys: readonly Key[], message: string): void {
    this.#faults.push({ keys, message, missing: false });
  }

  get isFaultless(): boolean {
    return this.#faults.length === 0;
  }

  /** The first fault in document order: an object before its contents, a missing key at the end of its object. */
  first(document: unknown): Fault | undefined {
    const [first] = this.#faults.toSorted((one, other) => order(one, other, document));
    return first === undefined ? undefined : { path: pointer(first.keys), message: first.message };
  }
}

function order(one: Found, other: Found, document: unknown): number {
  let container = document;
  for (let depth = 0; ; depth += 1) {
    const [oneKey, otherKey] = [one.keys[depth], other.keys[depth]];
    if (oneKey === undefined || otherKey === undefined) return one.keys.length - other.keys.length;
    if (oneKey !== otherKey) return place(one, depth, container) - place(other, depth, container);
    container = (container as Readonly<Record<Key, unknown>>)[oneKey];
  }
}

/** The place among its neighbours of the key at `depth`; the end for a missing one; missing ones keep their order. */
function place(fault: Found, depth: number, container: unknown): number {
  if (fault.missing && depth === fault.keys.length - 1) return Number.MAX_SAFE_INTEGER;
  return Object.keys(container as object).indexOf(String(fault.keys[depth]));
}
