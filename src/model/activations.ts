import type { Activations } from "./types.ts";

/** Collects rows of one width into compressed rows; zeros are left out. */
export class ActivationsBuilder {
  readonly #width: number;
  #columns: Uint32Array<ArrayBuffer> = new Uint32Array(1024);
  #values: Float32Array<ArrayBuffer> = new Float32Array(1024);
  #offsets: number[] = [0];

  constructor(width: number) {
    this.#width = width;
  }

  add(row: Float32Array): void {
    let at = this.#offsets.at(-1)!;
    if (at + row.length > this.#values.length) this.#grow(at + row.length);
    for (let j = 0; j < row.length; j++) {
      const value = row[j]!;
      if (value === 0) continue;
      this.#columns[at] = j;
      this.#values[at++] = value;
    }
    this.#offsets.push(at);
  }

  #grow(least: number): void {
    const size = Math.max(least, 2 * this.#values.length);
    const columns = new Uint32Array(size);
    columns.set(this.#columns);
    this.#columns = columns;
    const values = new Float32Array(size);
    values.set(this.#values);
    this.#values = values;
  }

  build(): Activations {
    const size = this.#offsets.at(-1)!;
    return {
      rows: this.#offsets.length - 1,
      width: this.#width,
      offsets: Uint32Array.from(this.#offsets),
      columns: this.#columns.slice(0, size),
      values: this.#values.slice(0, size),
    };
  }
}

/** Dense float64 rows as activations, rounded to float32. */
export function denseRows(values: Float64Array, width: number): Activations {
  const builder = new ActivationsBuilder(width);
  for (let at = 0; at < values.length; at += width) {
    builder.add(Float32Array.from(values.subarray(at, at + width)));
  }
  return builder.build();
}

/** Rows [from, to): values are shared, not copied. */
export function sliceRows(h: Activations, from: number, to: number): Activations {
  const [first, last] = [h.offsets[from]!, h.offsets[to]!];
  return {
    rows: to - from,
    width: h.width,
    offsets: h.offsets.slice(from, to + 1).map((at) => at - first),
    columns: h.columns.subarray(first, last),
    values: h.values.subarray(first, last),
  };
}

/** The rows listed, in the list's order. */
export function pickRows(h: Activations, rows: Uint32Array): Activations {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i]! + h.offsets[row + 1]! - h.offsets[row]!;
  });
  const columns = new Uint32Array(offsets[rows.length]!);
  const values = new Float32Array(offsets[rows.length]!);
  rows.forEach((row, i) => {
    const [from, to] = [h.offsets[row]!, h.offsets[row + 1]!];
    columns.set(h.columns.subarray(from, to), offsets[i]!);
    values.set(h.values.subarray(from, to), offsets[i]!);
  });
  return { rows: rows.length, width: h.width, offsets, columns, values };
}
