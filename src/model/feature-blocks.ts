import type { Activations } from "./types.ts";

/**
 * Entries that are held by features at a time. Turning all of a million rows about would take as much memory as the rows
 * themselves; in blocks it is done again in each pass, which costs a quarter of its time. What fits into one block is kept: of all
 * chunks and threads that is at most 128 MiB.
 */
const BLOCK_ENTRIES = 1 << 20;

/** Some features of some rows: row j of `entries` is feature `first + j`, its columns are the rows' places in their list. */
export interface FeatureBlock {
  readonly first: number;
  readonly entries: Activations;
}

/** Memory for one block at a time, which the rows of one thread have in common. */
export class BlockRoom {
  columns = new Uint32Array(0);
  values = new Float32Array(0);

  /** Makes room for so many entries; what was there is lost. */
  ensure(entries: number): void {
    if (this.columns.length >= entries) return;
    this.columns = new Uint32Array(entries);
    this.values = new Float32Array(entries);
  }
}

/** The features of rows, block by block. A block is good until the next; where one holds all features, it is made once. */
export class FeatureBlocks {
  readonly #h: Activations;
  readonly #rows: Uint32Array;
  /** Where each feature's entries would begin, if all were held. */
  readonly #offsets: Uint32Array;
  /** Entries of the largest block. */
  readonly #largest: number;
  /** The first entry of each row that is in no block yet. */
  readonly #next: Uint32Array;
  /** First features of the blocks, and the width. */
  readonly #bounds: number[] = [0];
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
    this.#largest = largest;
    this.#next = new Uint32Array(rows.length);
  }

  /** @param room where there is more than one block */
  *blocks(room: BlockRoom): Generator<FeatureBlock> {
    if (this.#only !== undefined) {
      yield this.#only;
      return;
    }
    this.#rows.forEach((row, i) => {
      this.#next[i] = this.#h.offsets[row]!;
    });
    const single = this.#bounds.length === 2;
    const into = single ? new BlockRoom() : room;
    into.ensure(this.#largest);
    for (let b = 0; b + 1 < this.#bounds.length; b++) {
      const block = this.#fill(this.#bounds[b]!, this.#bounds[b + 1]!, into);
      if (single) this.#only = block;
      yield block;
    }
  }

  #fill(first: number, end: number, { columns, values }: BlockRoom): FeatureBlock {
    const [h, next] = [this.#h, this.#next];
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
