/**
 * Σ w_i·columns_i over each position's rows, in float64 and in the rows' order: rows may come in parts of any size, the
 * bits are those of all at once. What it holds does not grow with the rows.
 */
export class PositionSums {
  /** positions × K. */
  readonly values: Float64Array;
  readonly #columns: number;

  /** @param columns K */
  constructor(positions: number, columns: number) {
    this.values = new Float64Array(positions * columns);
    this.#columns = columns;
  }

  /**
   * @param rows m × K, row-major
   * @param owners the position of each of the m rows
   * @param weights w_i of each; all 1 where absent
   */
  add(rows: Float64Array, owners: Uint32Array, weights?: Float64Array): void {
    const width = this.#columns;
    for (let i = 0; i < owners.length; i++) {
      const to = owners[i]! * width;
      const from = i * width;
      const weight = weights?.[i] ?? 1;
      for (let j = 0; j < width; j++) this.values[to + j]! += weight * rows[from + j]!;
    }
  }

  /** Takes Σ w_i·row from each position, over its rows. @param row K entries */
  subtract(row: Float64Array, owners: Uint32Array, weights: Float64Array): void {
    const width = this.#columns;
    const totals = new Float64Array(this.values.length / width);
    owners.forEach((owner, i) => {
      totals[owner]! += weights[i]!;
    });
    totals.forEach((total, c) => {
      for (let j = 0; j < width; j++) this.values[c * width + j]! -= total * row[j]!;
    });
  }
}
