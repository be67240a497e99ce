import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const SECRET = 0o600;

/**
 * A file without a name for what is made row by row and needed again: the name is removed at once, so that a process that is
 * killed leaves nothing. Node's own errors pass through.
 */
export class SpillFile {
  readonly #handle: number;
  #length = 0;

  /** @param folder where there is room; it has to be there */
  constructor(folder: string) {
    const path = join(folder, `.${process.pid}.${randomBytes(4).toString("hex")}.spill`);
    this.#handle = openSync(path, "wx+", SECRET);
    rmSync(path);
  }

  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(this.#handle, bytes, at, bytes.length - at, this.#length + at);
    }
    this.#length += bytes.length;
  }

  /** All that was appended, in parts of so many bytes; each part is the reader's own. May be read again. */
  *parts(size: number): Generator<Uint8Array<ArrayBuffer>> {
    for (let from = 0; from < this.#length; from += size) {
      const part = new Uint8Array(Math.min(size, this.#length - from));
      for (let at = 0; at < part.length; ) {
        at += readSync(this.#handle, part, at, part.length - at, from + at);
      }
      yield part;
    }
  }

  close(): void {
    closeSync(this.#handle);
  }
}
