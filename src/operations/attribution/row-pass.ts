import { METHODS } from "../../attribution/methods/registry.ts";
import { PositionSums } from "../../attribution/position-sums.ts";
import { rowLengths, rowWeights } from "../../attribution/row-weights.ts";
import { multiply } from "../../numeric/linear/dense.ts";
import { sketchColumns } from "../../sketch/apply.ts";
import { columnsOf } from "../../sketch/columns.ts";
import type { Sketch } from "../../sketch/types.ts";
import type { FittedMethod } from "./fit.ts";
import { gradientsOf, type LabelledRows } from "./gradients.ts";

/**
 * Takes the rows of a DataNet part by part, in order, and sums up their influence. What it holds of a row is its weight and two
 * lengths. Bits do not depend on the size of the parts.
 *
 * Where rows are weighted by what they are among all (`again`), all of them come a second time.
 */
export class RowPass {
  readonly #fitted: FittedMethod;
  readonly #count: number;
  readonly #owners: Uint32Array;
  readonly #sums: PositionSums;
  readonly #weights: Float64Array;
  readonly #lengths: Float64Array;
  readonly #selves: Float64Array;
  /** Whether the rows have to come a second time, by `addAgain`. */
  readonly again: boolean;

  /**
   * @param owners the position of each row
   * @param given weights besides the method's, such as those of near-duplicates
   */
  constructor(fitted: FittedMethod, owners: Uint32Array, positions: number, given?: Float64Array) {
    const { normalise, rowCap } = fitted.record;
    this.again = normalise !== "none" || rowCap < 100;
    this.#fitted = fitted;
    this.#count = columnsOf(fitted.columns);
    this.#owners = owners;
    this.#sums = new PositionSums(positions, this.#count);
    this.#weights = given?.slice() ?? new Float64Array(owners.length).fill(1);
    this.#lengths = new Float64Array(this.again ? owners.length : 0);
    this.#selves = new Float64Array(this.again ? owners.length : 0);
  }

  #columns(rows: LabelledRows): Float64Array {
    return sketchColumns(gradientsOf(rows), this.#fitted.columns);
  }

  #sum(values: Float64Array, from: number, to: number): void {
    this.#sums.add(values, this.#owners.subarray(from, to), this.#weights.subarray(from, to));
  }

  /**
   * @param rows those from number `from` on
   * @returns m × k: φ_i before weights
   */
  add(rows: LabelledRows, from: number): Float32Array {
    const { rowMap, sketch, record } = this.#fitted;
    const columns = this.#count;
    const to = from + rows.labels.length;
    const values = this.#columns(rows);
    const factors = METHODS[record.name].weights?.(values, columns);
    factors?.forEach((factor, i) => {
      this.#weights[from + i] = factor * this.#weights[from + i]!;
    });
    const phi = Float32Array.from(
      multiply({ values, columns }, { values: rowMap, columns, transposed: true }),
    );
    if (this.again) {
      const rounded = Float64Array.from(phi);
      this.#lengths.set(rowLengths(rounded, rounded, sketch.width), from);
      this.#selves.set(rowLengths(rounded, queryColumns(values, sketch), sketch.width), from);
    } else this.#sum(values, from, to);
    return phi;
  }

  /** After all rows were added: settles the weights that depend on all of them. */
  settle(): void {
    if (!this.again) return;
    const factors = rowWeights(this.#lengths, this.#selves, this.#fitted.record);
    for (let i = 0; i < factors.length; i++) this.#weights[i]! *= factors[i]!;
  }

  /** The rows once more, where `again` says so and the weights are settled. */
  addAgain(rows: LabelledRows, from: number): void {
    this.#sum(this.#columns(rows), from, from + rows.labels.length);
  }

  /** Multiplies rows from number `from` on by their weights. @param phi m × k */
  weigh(phi: Float32Array, from: number): void {
    const { width } = this.#fitted.sketch;
    for (let at = 0; at < phi.length; at++) phi[at]! *= this.#weights[from + Math.floor(at / width)]!;
  }

  /** positions × k: Σ w_i·φ_i over each position's rows. */
  sums(): Float64Array {
    const columns = this.#count;
    const { rowMap } = this.#fitted;
    return multiply({ values: this.#sums.values, columns }, { values: rowMap, columns, transposed: true });
  }
}

/** What a request with these columns would be traced as, m × k. */
function queryColumns(values: Float64Array, { mix, width }: Sketch): Float64Array {
  const { rows, columns, values: map } = mix!;
  const padded = new Float64Array(width * columns);
  padded.set(map.subarray(0, rows * columns));
  return multiply({ values, columns }, { values: padded, columns, transposed: true });
}
