import { type Random, seededRandom } from "../core/random.ts";
import type { Clusters } from "./clusters.ts";

/** Rows whose nearest neighbour is looked for, to learn what a usual distance is. */
const SAMPLE = 256;
/**
 * Near means this part of how far a usual row is from its nearest neighbour of the same label: the largest of 0.5, 0.6, … that does
 * not cost predictions of retraining (docs/attribution.md, "Gaming it").
 */
const NEAR = 0.7;
const TABLES = 20;
const PROJECTIONS = 6;
/** Width of a bucket in limits: a pair at the limit falls into one bucket of a table with a chance of 26 %, of 20 tables with 99.8 %. */
const BUCKET = 4;

/** Percentiles between which a column's values range: single extreme rows do not stretch it. */
const [LOW, HIGH] = [0.02, 0.98];
/** A column's unit is its standard deviation, but no less than this part of its range. */
const LEAST_SPREAD = 1 / 8;

/**
 * What a difference in a column is measured in. The standard deviation alone would be tiny for a column that is rarely
 * used, and a little noise there would make copies look far apart.
 */
function spread(column: Float64Array): number {
  const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
  const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
  const sorted = column.slice().sort();
  const range =
    sorted[Math.floor(HIGH * (sorted.length - 1))]! - sorted[Math.ceil(LOW * (sorted.length - 1))]!;
  // Where all but a fiftieth of the rows are equal, the owner of a few could decide what near means.
  return range > 0 ? Math.max(Math.sqrt(variance), range * LEAST_SPREAD) : Number.POSITIVE_INFINITY;
}

/** Rows of numbers, each column divided by its spread; a column that hardly ever changes counts nothing. */
export function standardise(rows: readonly Float64Array[]): { values: Float64Array; width: number } {
  const width = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * width);
  for (let j = 0; j < width; j++) {
    const unit = spread(Float64Array.from(rows, (row) => row[j]!));
    rows.forEach((row, i) => {
      values[i * width + j] = row[j]! / unit;
    });
  }
  return { values, width };
}

type Standardised = ReturnType<typeof standardise>;

/** ‖x_a − x_b‖², or some number above `limit` where it is above it. */
function squareDistance({ values, width }: Standardised, a: number, b: number, limit: number): number {
  let sum = 0;
  for (let j = 0; j < width && sum <= limit; j++)
    sum += (values[a * width + j]! - values[b * width + j]!) ** 2;
  return sum;
}

/**
 * The square of the distance below which two rows of one label are one row with noise: NEAR of the median distance of a row
 * from its nearest neighbour, over a fixed sample. Copies at distance 0 are left out. Who wants to move the median has to own half of the rows.
 */
export function nearLimit(
  data: Standardised,
  byLabel: readonly (readonly number[])[],
  labels: Uint32Array,
): number {
  const random = seededRandom(2);
  const drawn = random.permutation(labels.length).slice(0, SAMPLE);
  const nearest: number[] = [];
  for (const row of drawn) {
    let best = Number.POSITIVE_INFINITY;
    for (const other of byLabel[labels[row]!]!) {
      if (other === row) continue;
      const distance = squareDistance(data, row, other, best);
      if (distance > 0) best = Math.min(best, distance);
    }
    if (Number.isFinite(best)) nearest.push(best);
  }
  nearest.sort((a, b) => a - b);
  return (nearest[Math.floor(nearest.length / 2)] ?? 0) * NEAR ** 2;
}

/** One table of locality-sensitive hashing for Euclidean distance (Datar et al., 2004): the bucket of each of the rows. */
function buckets(
  { values, width }: Standardised,
  members: readonly number[],
  size: number,
  random: Random,
): Map<string, number[]> {
  const directions = Float64Array.from({ length: PROJECTIONS * width }, () => random.normal());
  const shifts = Float64Array.from({ length: PROJECTIONS }, () => random.uniform());
  const found = new Map<string, number[]>();
  for (const row of members) {
    let key = "";
    for (let p = 0; p < PROJECTIONS; p++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += directions[p * width + j]! * values[row * width + j]!;
      key += `${Math.floor(sum / size + shifts[p]!)},`;
    }
    const bucket = found.get(key);
    if (bucket === undefined) found.set(key, [row]);
    else bucket.push(row);
  }
  return found;
}

/**
 * Joins the rows of one label that are at most the limit apart, squared. Hashing finds the candidates, each of which is then
 * measured, so that a pair that is joined is near for sure.
 */
export function joinNearNumbers(
  data: Standardised,
  members: readonly number[],
  limit: number,
  clusters: Clusters,
): void {
  if (limit === 0) return;
  const random = seededRandom(3);
  for (let table = 0; table < TABLES; table++) {
    for (const bucket of buckets(data, members, BUCKET * Math.sqrt(limit), random).values()) {
      bucket.forEach((row, at) => {
        for (const other of bucket.slice(0, at)) {
          if (clusters.together(row, other)) continue;
          if (squareDistance(data, row, other, limit) <= limit) clusters.join(row, other);
        }
      });
    }
  }
}
