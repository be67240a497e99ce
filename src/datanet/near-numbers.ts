import type { Clusters } from "./clusters.ts";
import { MOST_PAIRS, nearCandidates } from "./near-candidates.ts";
import { limitsOf, type NearLimits } from "./near-limits.ts";
import { squareDistance, standardise } from "./near-units.ts";
import type { NumberTable } from "./row-table.ts";

/**
 * Joins the rows of one label that are within the limits of both. Hashing finds the candidates, each of which is then
 * measured, so that a pair that is joined is near for sure.
 *
 * @param members the rows of the label
 * @param owners one for each row of the table
 * @returns how many pairs were not looked at: see `nearCandidates`
 */
export function joinNearNumbers(
  table: NumberTable,
  units: Float64Array,
  members: Uint32Array,
  owners: Uint32Array,
  limits: NearLimits,
  clusters: Clusters,
  mostPairs = MOST_PAIRS,
): number {
  const data = standardise(table, members, units);
  const limitOf = limitsOf(
    data,
    members.map((row) => owners[row]!),
    limits,
  );
  const widest = limits.part * limits.most;
  const visit = (a: number, b: number, meet: () => boolean): void => {
    if (clusters.together(members[a]!, members[b]!)) return;
    const distance = squareDistance(data, a, b, widest);
    if (distance > widest || distance > limitOf(a) || distance > limitOf(b)) return;
    if (meet()) clusters.join(members[a]!, members[b]!);
  };
  return nearCandidates(data, widest, visit, mostPairs);
}
