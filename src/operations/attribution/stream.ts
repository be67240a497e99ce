import { PositionSums } from "../../attribution/position-sums.ts";
import { multiply } from "../../numeric/linear/dense.ts";
import { sketchColumns } from "../../sketch/apply.ts";
import { columnsOf } from "../../sketch/columns.ts";
import type { FittedMethod } from "./fit.ts";
import { gradientsOf, type LabelledRows } from "./gradients.ts";

/** Some rows of a DataNet in order, with their positions. */
export interface RowChunk {
  readonly rows: LabelledRows;
  readonly owners: Uint32Array;
}

/**
 * Σ φ_i of each position over rows that come in parts: bit for bit those of `attributeRows`, whatever the parts' sizes. Memory is
 * that of one part, and does not grow with the rows. For methods and options without weights of rows.
 *
 * @returns positions × k
 */
export function sumStream(
  chunks: Iterable<RowChunk>,
  positions: number,
  { columns, rowMap }: FittedMethod,
): Float64Array {
  const count = columnsOf(columns);
  const sums = new PositionSums(positions, count);
  for (const { rows, owners } of chunks) sums.add(sketchColumns(gradientsOf(rows), columns), owners);
  return multiply(
    { values: sums.values, columns: count },
    { values: rowMap, columns: count, transposed: true },
  );
}
