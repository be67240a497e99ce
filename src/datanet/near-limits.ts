import { fairSample } from "./fair-sample.ts";
import { distanceBelowChance, quantile } from "./near-chance.ts";
import { squareDistance, standardise } from "./near-units.ts";
import type { NumberTable } from "./row-table.ts";

/** Rows of a label that stand for the others: how far from a row they are says how thinly rows lie there. */
const AROUND = 128;
/** A row's surroundings are as wide as its distance from so many of them: a few copies among them do not narrow it. */
const NEIGHBOURS = 10;
/** Rows, of all labels, whose nearest neighbour is looked for, to learn what a usual distance is. */
const ASKED = 512;
const SEEDS = { around: 3, asked: 2 } as const;

/** Which part of rows may be near another one by chance. */
const BY_CHANCE = 0.0075;
/**
 * Surroundings are at least and at most these quantiles of those of the rows that were asked. Who has a label nearly to himself could narrow
 * them by copies; and pairs have to be looked for within the largest limit.
 */
const [NARROWEST, WIDEST] = [0.1, 0.75];

/** The square of the distance from a row to its k-th neighbour among others, or to the last where they are fewer; those at 0 are left out. */
function squareToNeighbour(data: NumberTable, row: number, others: Uint32Array, k: number): number {
  const nearest: number[] = [];
  for (const other of others) {
    if (other === row) continue;
    const worst = nearest.length < k ? Number.POSITIVE_INFINITY : nearest.at(-1)!;
    const distance = squareDistance(data, row, other, worst);
    if (distance === 0 || distance >= worst) continue;
    let at = nearest.length < k ? nearest.length : k - 1;
    for (; at > 0 && nearest[at - 1]! > distance; at--) nearest[at] = nearest[at - 1]!;
    nearest[at] = distance;
  }
  return nearest.at(-1) ?? 0;
}

/** What near means, in squared distances. Two rows are near where they are within the limits of both. */
export interface NearLimits {
  /** A row's limit is this part of the width of its surroundings, */
  readonly part: number;
  /** which counts as at least */
  readonly least: number;
  /** and at most so much. */
  readonly most: number;
}

/** The places among a label's rows of those that stand for all of them. @param owners of the label's rows */
const standIns = (owners: Uint32Array): Uint32Array => fairSample(owners, AROUND, SEEDS.around);

/**
 * Learns from a fair sample which part of the width of a row's surroundings chance does not explain: see `distanceBelowChance`.
 *
 * @param byLabel rows of each label, ascending
 * @param owners one for each row
 * @returns undefined where no row has another one to be near to
 */
export function nearLimits(
  table: NumberTable,
  units: Float64Array,
  byLabel: readonly Uint32Array[],
  owners: Uint32Array,
): NearLimits | undefined {
  const asked = new Uint8Array(owners.length);
  for (const row of fairSample(owners, ASKED, SEEDS.asked)) asked[row] = 1;
  const distances: number[] = [];
  const widths: number[] = [];
  for (const members of byLabel) {
    if (!members.some((row) => asked[row] === 1)) continue;
    const data = standardise(table, members, units);
    const around = standIns(members.map((row) => owners[row]!));
    const all = members.map((_, i) => i);
    members.forEach((row, i) => {
      if (asked[row] === 0) return;
      const width = squareToNeighbour(data, i, around, NEIGHBOURS);
      const nearest = squareToNeighbour(data, i, all, 1);
      if (width === 0 || nearest === 0) return;
      widths.push(width);
      distances.push(Math.sqrt(nearest / width));
    });
  }
  if (distances.length === 0) return undefined;
  const usual = Float64Array.from(widths).sort();
  return {
    part: distanceBelowChance(distances, BY_CHANCE) ** 2,
    least: quantile(usual, NARROWEST),
    most: quantile(usual, WIDEST),
  };
}

/**
 * The limit of each of a label's rows, found when it is asked for: most rows have no other one within the widest.
 *
 * @param data the label's rows, standardised
 * @param owners one for each of them
 */
export function limitsOf(
  data: NumberTable,
  owners: Uint32Array,
  { part, least, most }: NearLimits,
): (row: number) => number {
  const around = standIns(owners);
  const known = new Float64Array(owners.length);
  return (row) => {
    if (known[row] === 0) {
      const width = squareToNeighbour(data, row, around, NEIGHBOURS);
      known[row] = part * Math.max(least, Math.min(most, width));
    }
    return known[row]!;
  };
}
