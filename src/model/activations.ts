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
