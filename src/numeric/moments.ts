/** Mean, variance and size of columns, row after row, in float64 and in the rows' order (Welford 1962). */
export class ColumnMoments {
  #rows = 0;
  readonly mean: Float64Array;
  readonly #squares: Float64Array;
  readonly #least: Float64Array;
  readonly #most: Float64Array;

  constructor(width: number) {
    this.mean = new Float64Array(width);
    this.#squares = new Float64Array(width);
    this.#least = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
    this.#most = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  }

  add(row: ArrayLike<number>): void {
    const share = 1 / ++this.#rows;
    for (let j = 0; j < this.mean.length; j++) {
      const x = row[j]!;
      const off = x - this.mean[j]!;
      this.mean[j]! += off * share;
      this.#squares[j]! += off * (x - this.mean[j]!);
      if (x < this.#least[j]!) this.#least[j] = x;
      if (x > this.#most[j]!) this.#most[j] = x;
    }
  }

  /** Of the rows so far, divided by their number. A column that never changes has exactly 0, whatever its mean is rounded to. */
  deviation(j: number): number {
    return this.#least[j] === this.#most[j] ? 0 : Math.sqrt(this.#squares[j]! / this.#rows);
  }

  /** max |x|. */
  size(j: number): number {
    return Math.max(Math.abs(this.#least[j]!), Math.abs(this.#most[j]!));
  }
}
