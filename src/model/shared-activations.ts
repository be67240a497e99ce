import type { Activations } from "./types.ts";

/** How far above what the first part says room is made; memory that nothing is written to is not taken from the system. */
const MARGIN = 1.1;

const shared = (entries: number): SharedArrayBuffer => new SharedArrayBuffer(4 * entries);

/**
 * Puts activations that come part by part one after another, in memory that threads share: at a million rows a copy for each thread
 * is what there is no room for.
 */
export class SharedActivations {
  readonly #width: number;
  readonly #offsets: Uint32Array;
  #columns = new Uint32Array(shared(0));
  #values = new Float32Array(shared(0));
  #rows = 0;

  /** @param rows how many there will be in all */
  constructor(rows: number, width: number) {
    this.#width = width;
    this.#offsets = new Uint32Array(shared(rows + 1));
  }

  add(part: Activations): void {
    const at = this.#offsets[this.#rows]!;
    const count = part.values.length;
    if (at + count > this.#values.length) this.#grow(at + count, part);
    this.#columns.set(part.columns, at);
    this.#values.set(part.values, at);
    for (let i = 1; i <= part.rows; i++) this.#offsets[this.#rows + i] = at + part.offsets[i]!;
    this.#rows += part.rows;
  }

  /** All rows may turn out as full as those so far; none is fuller than the width. */
  #grow(least: number, part: Activations): void {
    const all = this.#offsets.length - 1;
    const expected = (least / (this.#rows + part.rows)) * all * MARGIN;
    const size = Math.max(least, Math.ceil(Math.min(all * this.#width, expected)));
    const columns = new Uint32Array(shared(size));
    columns.set(this.#columns);
    this.#columns = columns;
    const values = new Float32Array(shared(size));
    values.set(this.#values);
    this.#values = values;
  }

  /** All rows that were to come. */
  build(): Activations {
    const size = this.#offsets[this.#rows]!;
    return {
      rows: this.#rows,
      width: this.#width,
      offsets: this.#offsets,
      columns: this.#columns.subarray(0, size),
      values: this.#values.subarray(0, size),
    };
  }
}
