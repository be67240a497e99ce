import { METHODS } from "../../attribution/methods/registry.ts";
import { ColumnTotals, restFactors, subtractRow } from "../../attribution/objective.ts";
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
 *
 * Rows are summed up relative to the mean of those that the method was fitted to. How far the mean of all is from it is known after
 * the last row, and taken away then: Σ w_i (g_i − ḡ) = Σ w_i (g_i − centre) − (ḡ − centre)·Σ w_i.
 */
export class RowPass {
  readonly #fitted: FittedMethod;
  readonly #count: number;
  readonly #owners: Uint32Array;
  readonly #sums: PositionSums;
  readonly #weights: Float64Array;
  readonly #lengths: Float64Array;
  readonly #selves: Float64Array;
  /** Σ_i (g_i − centre) over all rows. */
  readonly #totals: ColumnTotals;
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
    this.#totals = new ColumnTotals(this.#count);
    this.#weights = given?.slice() ?? new Float64Array(owners.length).fill(1);
    if (fitted.centre !== undefined)
      restFactors(owners).forEach((factor, i) => {
        this.#weights[i]! *= factor;
      });
    this.#lengths = new Float64Array(this.again ? owners.length : 0);
    this.#selves = new Float64Array(this.again ? owners.length : 0);
  }

  #columns(rows: LabelledRows): Float64Array {
    const { columns, centre } = this.#fitted;
    const values = sketchColumns(gradientsOf(rows), columns);
    if (centre !== undefined) subtractRow(values, centre);
    return values;
  }

  #sum(values: Float64Array, from: number, to: number): void {
    this.#sums.add(values, this.#owners.subarray(from, to), this.#weights.subarray(from, to));
  }

  /**
   * @param rows those from number `from` on
   * @returns m × k: φ_i before `weigh`, relative to the centre
   */
  add(rows: LabelledRows, from: number): Float32Array {
    const { rowMap, sketch, record } = this.#fitted;
    const columns = this.#count;
    const to = from + rows.labels.length;
    const values = this.#columns(rows);
    if (this.#fitted.centre !== undefined) this.#totals.add(values);
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

  /** ḡ − centre of each column; undefined where nothing is taken away. */
  #rest(): Float64Array | undefined {
    if (this.#fitted.centre === undefined) return undefined;
    return this.#totals.values.map((sum) => sum / this.#owners.length);
  }

  /** Makes w_i·φ_i of rows from number `from` on, once all rows were added. @param phi m × k */
  weigh(phi: Float32Array, from: number): void {
    const { rowMap, sketch } = this.#fitted;
    const { width } = sketch;
    const columns = this.#count;
    const rest = this.#rest();
    const mean = rest && multiply({ values: rest, columns }, { values: rowMap, columns, transposed: true });
    for (let at = 0; at < phi.length; at++)
      phi[at] = (phi[at]! - (mean?.[at % width] ?? 0)) * this.#weights[from + Math.floor(at / width)]!;
  }

  /** positions × k: Σ w_i·φ_i over each position's rows. */
  sums(): Float64Array {
    const columns = this.#count;
    const { rowMap } = this.#fitted;
    const rest = this.#rest();
    if (rest !== undefined) this.#sums.subtract(rest, this.#owners, this.#weights);
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
