import type { SpillFile } from "../files/spill-file.ts";
import { linesOf } from "./file-lines.ts";

const BATCH = 1 << 20;
const PART = 1 << 22;

/** Lines on disk, to be gone through later. */
export class SpilledLines {
  readonly #spill: SpillFile;
  #batch: string[] = [];
  #length = 0;

  /** @param spill empty; has to stay open as long as this is used */
  constructor(spill: SpillFile) {
    this.#spill = spill;
  }

  /** @param line without a line feed in it */
  add(line: string): void {
    this.#batch.push(line, "\n");
    this.#length += line.length;
    if (this.#length > BATCH) this.#flush();
  }

  #flush(): void {
    this.#spill.append(Buffer.from(this.#batch.join("")));
    this.#batch = [];
    this.#length = 0;
  }

  lines(): Iterable<string> {
    return linesOf(this.parts());
  }

  /** The same as bytes, with line feeds. */
  parts(): Iterable<Uint8Array> {
    this.#flush();
    return this.#spill.parts(PART);
  }
}
