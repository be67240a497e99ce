import { select } from "../numeric/select.ts";
import { fairSample } from "./fair-sample.ts";
import type { NumberTable } from "./row-table.ts";

/** Rows from which units are learned. */
const SAMPLE = 4_096;
const SEED = 4;

/**
 * A column counts if it varies between these percentiles, p and 1 − p. Of a column in which nearly all rows are equal, the owner of a
 * few could decide what near means: a little noise there would put its copies as far from one another as other rows are.
 */
const WIDELY_USED = 0.25;
/** Tried after it, where less than half of the columns would count: tables of rare marks. */
const RARELY_USED = [0.1, 0.02] as const;
/** A unit is the range between these percentiles, p and 1 − p: single extreme rows do not stretch it. */
const RANGE = 0.1;

/** Ranges of the columns between percentiles p and 1 − p. @param columns their numbers are moved about */
const ranges = (columns: readonly Float64Array[], p: number): number[] =>
  columns.map((column) => {
    const last = column.length - 1;
    return select(column, Math.floor((1 - p) * last)) - select(column, Math.ceil(p * last));
  });

const counted = (found: readonly number[]): number => found.filter((range) => range > 0).length;

/** What a difference in each column is measured in: infinite for a column that counts nothing. */
export function unitsOf({ values, width }: NumberTable, owners: Uint32Array): Float64Array {
  const sample = fairSample(owners, SAMPLE, SEED);
  if (sample.length === 0) return new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  const columns = Array.from({ length: width }, (_, j) =>
    Float64Array.from(sample, (row) => values[row * width + j]!),
  );
  const least = counted(ranges(columns, RARELY_USED.at(-1)!)) / 2;
  const p = [WIDELY_USED, ...RARELY_USED].find(
    (percentile) => counted(ranges(columns, percentile)) >= least,
  )!;
  const used = ranges(columns, p);
  return Float64Array.from(ranges(columns, Math.min(p, RANGE)), (range, j) =>
    used[j]! > 0 ? range : Number.POSITIVE_INFINITY,
  );
}

/** The rows listed, each column divided by its unit. */
export function standardise(
  { values, width }: NumberTable,
  members: Uint32Array,
  units: Float64Array,
): NumberTable {
  const result = new Float64Array(members.length * width);
  members.forEach((row, i) => {
    for (let j = 0; j < width; j++) result[i * width + j] = values[row * width + j]! / units[j]!;
  });
  return { values: result, width };
}

/** ‖x_a − x_b‖², or some number above `limit` where it is above it. */
export function squareDistance({ values, width }: NumberTable, a: number, b: number, limit: number): number {
  let sum = 0;
  for (let j = 0; j < width && sum <= limit; j++)
    sum += (values[a * width + j]! - values[b * width + j]!) ** 2;
  return sum;
}
