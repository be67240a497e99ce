import { addRowChange, type LeftOutInput, leftOutSteps, leftOutSums } from "../../attribution/left-out.ts";
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

interface SecondOrder {
  readonly input: LeftOutInput;
  /** positions × K: x_c. */
  readonly steps: Float64Array;
}

interface Finished {
  /** k: what ḡ − centre is in the sketch's columns; undefined where it is not taken away. */
  readonly mean: Float64Array | undefined;
  readonly second?: SecondOrder;
}

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
  #finished: Finished | undefined;
  /** Whether the rows have to come a second time, by `addAgain`. */
  readonly again: boolean;

  /**
   * @param owners the position of each row
   * @param given weights besides the method's, such as those of near-duplicates
   */
  constructor(fitted: FittedMethod, owners: Uint32Array, positions: number, given?: Float64Array) {
    const { normalise, rowCap } = fitted.record;
    if (fitted.leftOut !== undefined && fitted.leftOut.curvature.rows !== owners.length)
      throw new RangeError("the second order takes a method that was fitted to all rows");
    this.again = normalise !== "none" || rowCap < 100;
    this.#fitted = fitted;
    this.#count = columnsOf(fitted.columns);
    this.#owners = owners;
    this.#sums = new PositionSums(positions, this.#count);
    this.#totals = new ColumnTotals(this.#count);
    this.#weights = given?.slice() ?? new Float64Array(owners.length).fill(1);
    // The second order has the denominators in it.
    if (fitted.centre !== undefined && fitted.leftOut === undefined)
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

  /** Of `values` in the method's columns what rows are in the sketch's, n × k. */
  #mapped(values: Float64Array): Float64Array {
    const columns = this.#count;
    return multiply({ values, columns }, { values: this.#fitted.rowMap, columns, transposed: true });
  }

  /** Everything that follows from all rows together; once, after the last of them. */
  #finish(): Finished {
    this.#finished ??= this.#made();
    return this.#finished;
  }

  #made(): Finished {
    const rest = this.#rest();
    if (rest !== undefined) this.#sums.subtract(rest, this.#owners, this.#weights);
    const { leftOut } = this.#fitted;
    const mean = rest && this.#mapped(rest);
    if (leftOut === undefined) return { mean };
    const input = { ...leftOut, owners: this.#owners, weights: this.#weights, sums: this.#sums.values };
    return { mean, second: { input, steps: leftOutSteps(input) } };
  }

  /** Makes w_i·φ_i of rows from number `from` on, once all rows were added. @param phi m × k */
  weigh(phi: Float32Array, from: number): void {
    const { width } = this.#fitted.sketch;
    const { mean, second } = this.#finish();
    const rows = phi.length / width;
    const changes = second && this.#mapped(rowChanges(second, from, rows));
    for (let at = 0; at < phi.length; at++)
      phi[at] =
        (phi[at]! - (mean?.[at % width] ?? 0)) * this.#weights[from + Math.floor(at / width)]! +
        (changes?.[at] ?? 0);
  }

  /** positions × k: Σ w_i·φ_i over each position's rows. */
  sums(): Float64Array {
    const { second } = this.#finish();
    if (second === undefined) return this.#mapped(this.#sums.values);
    return this.#mapped(leftOutSums(second.input, second.steps));
  }
}

/** The rows' parts of what the second order adds, m × K. */
function rowChanges({ input, steps }: SecondOrder, from: number, rows: number): Float64Array {
  const columns = input.curvature.columns;
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    addRowChange(input, from + i, steps, result, input.owners[from + i]! * columns, i * columns);
  return result;
}

/** What a request with these columns would be traced as, m × k. */
function queryColumns(values: Float64Array, { mix, width }: Sketch): Float64Array {
  const { rows, columns, values: map } = mix!;
  const padded = new Float64Array(width * columns);
  padded.set(map.subarray(0, rows * columns));
  return multiply({ values, columns }, { values: padded, columns, transposed: true });
}
