import { multiply } from "../numeric/linear/dense.ts";
import { NearPairs, type WholeRows } from "../numeric/near/pairs.ts";
import { mix32, seededRandom } from "../numeric/random.ts";
import { groupEqual } from "./groups.ts";
import { windowsAlong } from "./near-windows.ts";
import type { NumberTable } from "./row-table.ts";

const TABLES = 20;
const PROJECTIONS = 6;
/** Width of a bucket in limits: a pair at the limit falls into one bucket of a table with a chance of 26 %, of 20 tables with 99.8 %. */
const BUCKET = 4;

/** Fewer rows in a bucket are visited pair by pair: to pack them into blocks would take longer. */
const FEW = 8;

/**
 * Pairs of one label's rows that are looked at: 92,000 rows that are all about equally far from one another, some ten seconds.
 * Whoever hands in noise makes everybody's index take longer in proportion, not with the square.
 */
export const MOST_PAIRS = 2 ** 32;

/** Rows that are projected at a time. */
const CHUNK = 2048;
/** Steps of whole numbers in the largest near difference of one column, where rows of this width allow as many. */
const STEPS = 20;
/** Whole numbers reach this far from the mean at least, in units of a column. */
const REACH = 6;

/** A table's projections of rows, Datar et al. (2004): ⌊d·x/size + shift⌋ for each direction d. */
interface Hashing {
  /** (TABLES·PROJECTIONS) × width. */
  readonly directions: Float64Array;
  readonly shifts: Float64Array;
  readonly size: number;
}

function drawHashing(width: number, limit: number): Hashing {
  const random = seededRandom(3);
  const directions = new Float64Array(TABLES * PROJECTIONS * width);
  const shifts = new Float64Array(TABLES * PROJECTIONS);
  for (let t = 0; t < TABLES; t++) {
    const [from, to] = [t * PROJECTIONS, (t + 1) * PROJECTIONS];
    for (let at = from * width; at < to * width; at++) directions[at] = random.normal();
    for (let p = from; p < to; p++) shifts[p] = random.uniform();
  }
  return { directions, shifts, size: BUCKET * Math.sqrt(limit) };
}

/** Places along all projections of some rows: m × (TABLES·PROJECTIONS). */
function places(
  { values, width }: NumberTable,
  rows: readonly [number, number],
  { directions, shifts, size }: Hashing,
): Float64Array {
  const part = values.subarray(rows[0] * width, rows[1] * width);
  const sums = multiply(
    { values: part, columns: width },
    { values: directions, columns: width, transposed: true },
  );
  for (let at = 0; at < sums.length; at++)
    sums[at] = Math.floor(sums[at]! / size + shifts[at % shifts.length]!);
  return sums;
}

/** Each row's bucket in each table as a hash of its places, table by table: TABLES × n. */
function hashBuckets(data: NumberTable, n: number, hashing: Hashing): Uint32Array {
  const hashes = new Uint32Array(TABLES * n);
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(n, from + CHUNK);
    const found = places(data, [from, to], hashing);
    for (let i = from; i < to; i++) {
      for (let t = 0; t < TABLES; t++) {
        let at = ((i - from) * TABLES + t) * PROJECTIONS;
        let h = 0;
        for (let p = 0; p < PROJECTIONS; p++) h = mix32(Math.imul(h, 31) + (found[at++]! | 0));
        hashes[t * n + i] = h;
      }
    }
  }
  return hashes;
}

/**
 * Rows rounded to whole steps from the mean, and the largest squared distance that rows within the limit can then have. A step is
 * a small part of the limit, or larger where the numbers would not fit. What is farther from the mean than the numbers reach is
 * cut off there: that brings rows nearer to one another, never apart.
 */
function roundRows(
  { values, width }: NumberTable,
  n: number,
  limit: number,
): { rows: WholeRows; most: number } {
  // Squared distances, at most width·(2·reach)², have to stay below 2^31.
  const reach = Math.floor(Math.min(2 ** 15 - 1, Math.sqrt(2 ** 31 / width) / 2 - 1));
  const step = Math.max(Math.sqrt(limit / width) / STEPS, REACH / Math.max(1, reach));
  const mean = new Float64Array(width);
  for (let at = 0; at < values.length; at++) mean[at % width]! += values[at]! / n;
  const rounded = new Int16Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const x = Math.round((values[at]! - mean[at % width]!) / step);
    rounded[at] = Math.max(-reach, Math.min(reach, x));
  }
  // Rounding moves each of two entries by half a step; a little more is allowed for the floating point of all this.
  const most = Math.ceil((Math.sqrt(limit) / step + Math.sqrt(width)) ** 2 * (1 + 1e-6)) + 1;
  return { rows: { values: rounded, width }, most: Math.min(2 ** 31 - 1, most) };
}

/** Whether rows a and b fall into one bucket of some table. */
type Meet = () => boolean;

/**
 * Pairs of rows that may be near: all that are within the limit and meet in a bucket of some table are among them. Buckets of rows
 * that are all about equally far from one another hold nearly everything; where they hold more pairs than there are, all pairs
 * are looked at once instead. Far ones are told by whole numbers, in blocks, and never visited.
 *
 * Where even that is more than `mostPairs`, rows are only held against those that are next to them along one direction.
 *
 * @param limit squared distance
 * @param visit may ask whether the two rows meet, which costs more than their distance
 * @returns how many pairs were not looked at because there were too many
 */
export function nearCandidates(
  data: NumberTable,
  limit: number,
  visit: (a: number, b: number, meet: Meet) => void,
  mostPairs: number,
): number {
  const { width } = data;
  const n = data.values.length / width;
  const hashing = drawHashing(width, limit);
  const hashes = hashBuckets(data, n, hashing);
  const meetIn = (t: number, a: number, b: number): boolean => {
    // Equal hashes are equal places but for once in four billion times.
    if (hashes[t * n + a] !== hashes[t * n + b]) return false;
    const [x, y] = [places(data, [a, a + 1], hashing), places(data, [b, b + 1], hashing)];
    const at = t * PROJECTIONS;
    return x.subarray(at, at + PROJECTIONS).every((place, p) => place === y[at + p]);
  };
  const tables = Array.from({ length: TABLES }, (_, t) => t);
  const groups = (t: number) => groupEqual(hashes.subarray(t * n, (t + 1) * n));
  const inBuckets = tables.reduce(
    (sum, t) => sum + groups(t).reduce((pairs, { length }) => pairs + (length * (length - 1)) / 2, 0),
    0,
  );
  const { rows, most } = roundRows(data, n, limit);
  const pairs = new NearPairs();
  const inAll = (n * (n - 1)) / 2;
  const meetAnywhere = (a: number, b: number): void => visit(a, b, () => tables.some((t) => meetIn(t, a, b)));
  if (Math.min(inBuckets, inAll) > mostPairs) {
    const { windows, skipped } = windowsAlong(data, hashing.directions, mostPairs);
    for (const members of windows) {
      pairs.each(rows, members, most, (i, j) => meetAnywhere(members[i]!, members[j]!));
    }
    return skipped;
  }
  if (inBuckets >= inAll) {
    const all = Uint32Array.from({ length: n }, (_, i) => i);
    pairs.each(rows, all, most, meetAnywhere);
    return 0;
  }
  for (const t of tables) {
    for (const group of groups(t)) {
      const met = (i: number, j: number): void => {
        const [a, b] = [group[i]!, group[j]!];
        visit(a, b, () => meetIn(t, a, b));
      };
      if (group.length > FEW) pairs.each(rows, group, most, met);
      else for (let i = 1; i < group.length; i++) for (let j = 0; j < i; j++) met(i, j);
    }
  }
  return 0;
}
