import { StringDecoder } from 'node:string_decoder';

const mostCharacters = 1_000_000;

/** Cuts pieces of UTF-8 text into lines. A line that is too long to be kept comes out as `undefined`. */
export class Lines {
  readonly #decoder = new StringDecoder('utf8');
  #begun = '';
  #tooLong = false;
  #first = true;

  /** @returns the lines that end in this piece */
  take(piece: Uint8Array): readonly (string | undefined)[] {
    return this.#cut(this.#decoder.write(piece));
  }

  /** @returns the last line, where no line end follows it */
  rest(): readonly (string | undefined)[] {
    const lines = this.#cut(this.#decoder.end());
    if (this.#tooLong) return [...lines, undefined];
    return this.#begun === '' ? lines : [...lines, this.#begun];
  }

  #cut(text: string): readonly (string | undefined)[] {
    const lines: (string | undefined)[] = this.#withoutMark(text).split('\n');
    const last = lines.pop() ?? '';
    if (lines.length > 0) {
      lines[0] = this.#tooLong ? undefined : `${this.#begun}${lines[0] ?? ''}`;
      this.#begun = '';
      this.#tooLong = false;
    }
    if (this.#tooLong || this.#begun.length + last.length > mostCharacters) {
      this.#tooLong = true;
      this.#begun = '';
    } else this.#begun += last;
    return lines;
  }

  /** Some editors begin a file with a byte order mark. */
  #withoutMark(text: string): string {
    if (!this.#first || text === '') return text;
    this.#first = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }
}
