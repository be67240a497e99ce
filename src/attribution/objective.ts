/**
 * Which gradient of a row is summed up.
 *
 * "objective": that of the row's share of everything that training minimises, g_i + λθ, which at a minimum is g_i − ḡ with ḡ the
 * mean over all rows. Leaving out the n_c rows of a position and training again on the mean of the N − n_c others moves the model by
 *
 *     H⁻¹ · Σ_{i∈c} (g_i − ḡ) / (N − n_c)
 *
 * to first order (Koh and Liang, 2017, for a group of rows). Where training stops short of the minimum, ḡ + λθ is a remainder that
 * training without the position stops short by as well, so that ḡ is taken away and not −λθ.
 *
 * "loss": g_i alone, and no denominator: what leaving rows out would do if 1/N stayed as it was, which nobody sees who trains again.
 */
export const ROW_GRADIENTS = ["objective", "loss"] as const;
export type RowGradient = (typeof ROW_GRADIENTS)[number];

/** Of the step that leaving a position out makes: with the curvature of all rows, or with that of the rows that are left. */
export type LeftOutOrder = 1 | 2;

/** Whether there are several contributors among the rows: of one alone nothing is left to train on, and only the loss says something. */
export const hasOthers = (owners: Uint32Array): boolean => owners.some((owner) => owner !== owners[0]);

/** N/(N − n_c) of each row's position, n entries. @param owners the position of each row; of several */
export function restFactors(owners: Uint32Array): Float64Array {
  const counts = new Float64Array(1 + owners.reduce((most, owner) => Math.max(most, owner), 0));
  for (const owner of owners) counts[owner]!++;
  return Float64Array.from(owners, (owner) => owners.length / (owners.length - counts[owner]!));
}

/** Σ_i of rows that come in parts, in order; K entries. */
export class ColumnTotals {
  readonly values: Float64Array;

  constructor(columns: number) {
    this.values = new Float64Array(columns);
  }

  /** @param rows m × K */
  add(rows: Float64Array): void {
    const columns = this.values.length;
    for (let at = 0, j = 0; at < rows.length; at++, j = j + 1 === columns ? 0 : j + 1)
      this.values[j]! += rows[at]!;
  }
}

/** The mean of n × K numbers over the rows, K entries. */
export function columnMeans(rows: Float64Array, columns: number): Float64Array {
  const totals = new ColumnTotals(columns);
  totals.add(rows);
  return totals.values.map((sum) => (sum * columns) / rows.length);
}

/** Takes a row of K numbers from each of n rows, in place. */
export function subtractRow(rows: Float64Array, row: Float64Array): void {
  const columns = row.length;
  for (let at = 0, j = 0; at < rows.length; at++, j = j + 1 === columns ? 0 : j + 1) rows[at]! -= row[j]!;
}
