import { seededRandom } from "../numeric/random.ts";
import { select } from "../numeric/select.ts";
import type { Clusters } from "./clusters.ts";
import { MOST_PAIRS, nearCandidates } from "./near-candidates.ts";
import type { NumberTable } from "./row-table.ts";

/** Rows whose nearest neighbour is looked for, to learn what a usual distance is. */
const SAMPLE = 256;
/**
 * Near means this part of how far a usual row is from its nearest neighbour of the same label: the largest of 0.5, 0.6, … that does
 * not cost predictions of retraining (docs/attribution.md, "Gaming it").
 */
const NEAR = 0.7;

/** Percentiles between which a column's values range: single extreme rows do not stretch it. */
const [LOW, HIGH] = [0.02, 0.98];
/** A column's unit is its standard deviation, but no less than this part of its range. */
const LEAST_SPREAD = 1 / 8;

/**
 * What a difference in a column is measured in. The standard deviation alone would be tiny for a column that is rarely
 * used, and a little noise there would make copies look far apart.
 *
 * @param column its numbers are moved about
 */
function spread(column: Float64Array): number {
  const last = column.length - 1;
  const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
  const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
  const range = select(column, Math.floor(HIGH * last)) - select(column, Math.ceil(LOW * last));
  // Where all but a fiftieth of the rows are equal, the owner of a few could decide what near means.
  return range > 0 ? Math.max(Math.sqrt(variance), range * LEAST_SPREAD) : Number.POSITIVE_INFINITY;
}

/** Each column's spread: a column that hardly ever changes counts nothing. */
export function unitsOf({ values, width }: NumberTable): Float64Array {
  const rows = width === 0 ? 0 : values.length / width;
  const column = new Float64Array(rows);
  return Float64Array.from({ length: width }, (_, j) => {
    for (let i = 0; i < rows; i++) column[i] = values[i * width + j]!;
    return spread(column);
  });
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
function squareDistance({ values, width }: NumberTable, a: number, b: number, limit: number): number {
  let sum = 0;
  for (let j = 0; j < width && sum <= limit; j++)
    sum += (values[a * width + j]! - values[b * width + j]!) ** 2;
  return sum;
}

/**
 * The square of the distance below which two rows of one label are one row with noise: NEAR of the median distance of a row
 * from its nearest neighbour, over a fixed sample. Copies at distance 0 are left out. Who wants to move the median has to own half of the rows.
 *
 * @param byLabel rows of each label, ascending
 */
export function nearLimit(
  table: NumberTable,
  units: Float64Array,
  byLabel: readonly Uint32Array[],
  labels: Uint32Array,
): number {
  const drawn = seededRandom(2).permutation(labels.length).slice(0, SAMPLE);
  const nearest: number[] = [];
  byLabel.forEach((members, label) => {
    const asked = new Set(drawn.filter((row) => labels[row] === label));
    if (asked.size === 0) return;
    const data = standardise(table, members, units);
    members.forEach((row, at) => {
      if (!asked.has(row)) return;
      let best = Number.POSITIVE_INFINITY;
      for (let other = 0; other < members.length; other++) {
        if (other === at) continue;
        const distance = squareDistance(data, at, other, best);
        if (distance > 0) best = Math.min(best, distance);
      }
      if (Number.isFinite(best)) nearest.push(best);
    });
  });
  nearest.sort((a, b) => a - b);
  return (nearest[Math.floor(nearest.length / 2)] ?? 0) * NEAR ** 2;
}

/**
 * Joins the rows of one label that are at most the limit apart, squared. Hashing finds the candidates, each of which is then
 * measured, so that a pair that is joined is near for sure.
 *
 * @param members the rows of the label
 * @returns how many pairs were not looked at: see `nearCandidates`
 */
export function joinNearNumbers(
  table: NumberTable,
  units: Float64Array,
  members: Uint32Array,
  limit: number,
  clusters: Clusters,
  mostPairs = MOST_PAIRS,
): number {
  if (limit === 0) return 0;
  const data = standardise(table, members, units);
  const visit = (a: number, b: number, meet: () => boolean): void => {
    const [row, other] = [members[a]!, members[b]!];
    if (clusters.together(row, other) || squareDistance(data, a, b, limit) > limit) return;
    if (meet()) clusters.join(row, other);
  };
  return nearCandidates(data, limit, visit, mostPairs);
}
