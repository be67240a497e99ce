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

/**
 * The square of the distance below which chance does not explain that another row is near, for each row. Two rows are near
 * where they are within the limits of both.
 *
 * A limit is a part of the width of its row's surroundings, which part is learned from a fair sample: see `distanceBelowChance`.
 *
 * @param byLabel rows of each label, ascending
 * @param owners one for each row
 */
export function nearLimits(
  table: NumberTable,
  units: Float64Array,
  byLabel: readonly Uint32Array[],
  owners: Uint32Array,
): Float64Array {
  const limits = new Float64Array(owners.length);
  const asked = new Uint8Array(owners.length);
  for (const row of fairSample(owners, ASKED, SEEDS.asked)) asked[row] = 1;
  const distances: number[] = [];
  for (const members of byLabel) {
    const data = standardise(table, members, units);
    const around = fairSample(
      members.map((row) => owners[row]!),
      AROUND,
      SEEDS.around,
    );
    const all = members.map((_, i) => i);
    members.forEach((row, i) => {
      const surroundings = squareToNeighbour(data, i, around, NEIGHBOURS);
      limits[row] = surroundings;
      if (asked[row] === 0 || surroundings === 0) return;
      const nearest = squareToNeighbour(data, i, all, 1);
      if (nearest > 0) distances.push(Math.sqrt(nearest / surroundings));
    });
  }
  if (distances.length === 0) return limits.fill(0);
  const part = distanceBelowChance(distances, BY_CHANCE) ** 2;
  const usual = limits.filter((surroundings, row) => asked[row] === 1 && surroundings > 0).sort();
  const [least, most] = [quantile(usual, NARROWEST), quantile(usual, WIDEST)];
  for (let row = 0; row < limits.length; row++)
    limits[row] = part * Math.max(least, Math.min(most, limits[row]!));
  return limits;
}
