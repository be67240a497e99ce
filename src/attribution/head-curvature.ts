import { multiply } from "../numeric/linear/dense.ts";

/** Rows whose products are made at a time. */
const CHUNK = 512;

/** A softmax head's rows in a sketch's columns: column m of a row's gradient is c[outputOf[m]]·a[inputOf[m]]. */
export interface HeadRows {
  /** n × p: a = P_in·[h; 1]. */
  readonly inputs: Float64Array;
  readonly inputWidth: number;
  /** P_out, q × classes: c = P_out·(p − y). */
  readonly output: Float64Array;
  /** n × classes. */
  readonly probabilities: Float64Array;
  readonly classes: number;
  readonly inputOf: readonly number[];
  readonly outputOf: readonly number[];
}

/**
 * The exact Hessians of a softmax head's rows, H_i = P_out (diag p_i − p_i p_iᵀ) P_outᵀ ⊗ a_i a_iᵀ at the columns' pairs, without
 * a gradient for each label: those of a row differ in c alone.
 */
export class HeadCurvature {
  /** K. */
  readonly columns: number;
  /** n. */
  readonly rows: number;
  readonly #head: HeadRows;
  readonly #outputs: number;
  readonly #side: Float64Array;
  readonly #logits: Float64Array;

  constructor(head: HeadRows) {
    this.columns = head.inputOf.length;
    this.rows = head.probabilities.length / head.classes;
    this.#head = head;
    this.#outputs = head.output.length / head.classes;
    this.#side = new Float64Array(this.#outputs);
    this.#logits = new Float64Array(head.classes);
  }

  /** H, the mean of all H_i: K × K, exactly symmetric. 2·n·K² operations. */
  mean(): Float64Array {
    const { columns, rows } = this;
    const sum = new Float64Array(columns * columns);
    for (let from = 0; from < rows; from += CHUNK) this.#addChunk(from, Math.min(rows, from + CHUNK), sum);
    for (let m = 0; m < columns; m++)
      for (let l = m; l < columns; l++) {
        const value = sum[m * columns + l]! / rows;
        sum[m * columns + l] = value;
        sum[l * columns + m] = value;
      }
    return sum;
  }

  #addChunk(from: number, to: number, sum: Float64Array): void {
    const { inputs, inputWidth, output, probabilities, classes, inputOf, outputOf } = this.#head;
    const q = this.#outputs;
    const n = to - from;
    const p = probabilities.subarray(from * classes, to * classes);
    const means = multiply(
      { values: p, columns: classes },
      { values: output, columns: classes, transposed: true },
    );
    for (let o = 0; o < q; o++) {
      const own = outputOf.flatMap((one, m) => (one === o ? [m] : []));
      if (own.length === 0) continue;
      // Row o of P_out (diag p − p pᵀ) P_outᵀ for each row, n × q.
      const weighted = p.map((x, at) => x * output[o * classes + (at % classes)]!);
      const side = multiply(
        { values: weighted, columns: classes },
        { values: output, columns: classes, transposed: true },
      );
      side.forEach((x, at) => {
        side[at] = x - means[Math.floor(at / q) * q + o]! * means[at]!;
      });
      const left = new Float64Array(n * own.length);
      const right = new Float64Array(n * this.columns);
      for (let i = 0; i < n; i++) {
        const a = (from + i) * inputWidth;
        own.forEach((m, at) => {
          left[i * own.length + at] = inputs[a + inputOf[m]!]!;
        });
        for (let m = 0; m < this.columns; m++)
          right[i * this.columns + m] = side[i * q + outputOf[m]!]! * inputs[a + inputOf[m]!]!;
      }
      const block = multiply(
        { values: left, columns: own.length, transposed: true },
        { values: right, columns: this.columns },
      );
      own.forEach((m, at) => {
        for (let l = 0; l < this.columns; l++) sum[m * this.columns + l]! += block[at * this.columns + l]!;
      });
    }
  }

  /** Adds weight·H_i·v to `into`, in 4·K + 4·q·classes operations. @param v K entries from `from` on; of `into` from `to` on */
  addProduct(
    row: number,
    weight: number,
    v: Float64Array,
    into: Float64Array,
    from: number,
    to: number,
  ): void {
    const { inputs, inputWidth, output, probabilities, classes, inputOf, outputOf } = this.#head;
    const a = row * inputWidth;
    const side = this.#side.fill(0);
    for (let m = 0; m < this.columns; m++) side[outputOf[m]!]! += v[from + m]! * inputs[a + inputOf[m]!]!;
    const logits = this.#logits.fill(0);
    for (let o = 0; o < side.length; o++)
      for (let y = 0; y < classes; y++) logits[y]! += output[o * classes + y]! * side[o]!;
    let mean = 0;
    for (let y = 0; y < classes; y++) mean += probabilities[row * classes + y]! * logits[y]!;
    for (let y = 0; y < classes; y++)
      logits[y] = weight * probabilities[row * classes + y]! * (logits[y]! - mean);
    for (let o = 0; o < side.length; o++) {
      let sum = 0;
      for (let y = 0; y < classes; y++) sum += output[o * classes + y]! * logits[y]!;
      side[o] = sum;
    }
    for (let m = 0; m < this.columns; m++) into[to + m]! += side[outputOf[m]!]! * inputs[a + inputOf[m]!]!;
  }
}
