import type { Activations } from "./types.ts";

/**
 * Entries that are held by features at a time. Turning all of a million rows about would take as much memory as the rows
 * themselves; in blocks it is done again in each pass, for about a tenth of its time.
 */
const BLOCK_ENTRIES = 1 << 22;

/** Some features of some rows: row j of `entries` is feature `first + j`, its columns are the rows' places in their list. */
export interface FeatureBlock {
  readonly first: number;
  readonly entries: Activations;
}

/** The features of rows, block by block. Blocks are made anew in the same memory, so that one is good until the next. */
export class FeatureBlocks {
  readonly #h: Activations;
  readonly #rows: Uint32Array;
  /** Where each feature's entries would begin, if all were held. */
  readonly #offsets: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #values: Float32Array;
  /** The first entry of each row that is in no block yet. */
  readonly #next: Uint32Array;
  /** First features of the blocks, and the width. */
  readonly #bounds: number[] = [0];
  /** Where one block holds all of them, it stays. */
  #only: FeatureBlock | undefined;

  constructor(h: Activations, rows: Uint32Array, limit = BLOCK_ENTRIES) {
    this.#h = h;
    this.#rows = rows;
    const offsets = new Uint32Array(h.width + 1);
    for (const row of rows)
      for (let e = h.offsets[row]!; e < h.offsets[row + 1]!; e++) offsets[h.columns[e]! + 1]!++;
    for (let j = 0; j < h.width; j++) offsets[j + 1]! += offsets[j]!;
    this.#offsets = offsets;
    let largest = 0;
    for (let j = 0; j < h.width; ) {
      const begun = offsets[j++]!;
      while (j < h.width && offsets[j + 1]! - begun <= limit) j++;
      this.#bounds.push(j);
      largest = Math.max(largest, offsets[j]! - begun);
    }
    this.#columns = new Uint32Array(largest);
    this.#values = new Float32Array(largest);
    this.#next = new Uint32Array(rows.length);
  }

  *blocks(): Generator<FeatureBlock> {
    if (this.#only !== undefined) {
      yield this.#only;
      return;
    }
    this.#rows.forEach((row, i) => {
      this.#next[i] = this.#h.offsets[row]!;
    });
    for (let b = 0; b + 1 < this.#bounds.length; b++) {
      const block = this.#fill(this.#bounds[b]!, this.#bounds[b + 1]!);
      if (this.#bounds.length === 2) this.#only = block;
      yield block;
    }
  }

  #fill(first: number, end: number): FeatureBlock {
    const [h, columns, values, next] = [this.#h, this.#columns, this.#values, this.#next];
    const begun = this.#offsets[first]!;
    const offsets = this.#offsets.slice(first, end + 1).map((offset) => offset - begun);
    const free = offsets.slice();
    for (let i = 0; i < next.length; i++) {
      const last = h.offsets[this.#rows[i]! + 1]!;
      let e = next[i]!;
      for (; e < last && h.columns[e]! < end; e++) {
        const at = free[h.columns[e]! - first]!++;
        columns[at] = i;
        values[at] = h.values[e]!;
      }
      next[i] = e;
    }
    return { first, entries: { rows: end - first, width: next.length, offsets, columns, values } };
  }
}
