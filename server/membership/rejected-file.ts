import { closeSync, openSync, rmSync, writeSync } from 'node:fs';

const mostBuffered = 65_536;

/** Why a line was not taken. */
export interface Rejection {
  readonly code: string;
  /** JSON pointer into the line. */
  readonly path: string;
  readonly message: string;
}

/** The lines that were not taken, one JSON object each: `{line, code, path, message}`. No file where there are none. */
export class RejectedFile {
  readonly #path: string;
  #file: number | undefined;
  #text = '';
  #count = 0;

  /** A file of an earlier run is removed. */
  constructor(path: string) {
    this.#path = path;
    rmSync(path, { force: true });
  }

  get count(): number {
    return this.#count;
  }

  add(line: number, { code, path, message }: Rejection): void {
    this.#count += 1;
    this.#text += `${JSON.stringify({ line, code, path, message })}\n`;
    if (this.#text.length > mostBuffered) this.#write();
  }

  close(): void {
    this.#write();
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #write(): void {
    if (this.#text === '') return;
    this.#file ??= openSync(this.#path, 'w', 0o600);
    writeSync(this.#file, this.#text);
    this.#text = '';
  }
}
