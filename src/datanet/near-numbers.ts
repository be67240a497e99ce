import type { Clusters } from "./clusters.ts";
import { MOST_PAIRS, nearCandidates } from "./near-candidates.ts";
import { squareDistance, standardise } from "./near-units.ts";
import type { NumberTable } from "./row-table.ts";

/**
 * Joins the rows of one label that are within the limits of both. Hashing finds the candidates, each of which is then
 * measured, so that a pair that is joined is near for sure.
 *
 * @param members the rows of the label
 * @param limits squared distances, one for each row of the table: see `nearLimits`
 * @returns how many pairs were not looked at: see `nearCandidates`
 */
export function joinNearNumbers(
  table: NumberTable,
  units: Float64Array,
  members: Uint32Array,
  limits: Float64Array,
  clusters: Clusters,
  mostPairs = MOST_PAIRS,
): number {
  const widest = members.reduce((most, row) => Math.max(most, limits[row]!), 0);
  if (widest === 0) return 0;
  const data = standardise(table, members, units);
  const visit = (a: number, b: number, meet: () => boolean): void => {
    const [row, other] = [members[a]!, members[b]!];
    if (clusters.together(row, other)) return;
    const limit = Math.min(limits[row]!, limits[other]!);
    if (squareDistance(data, a, b, limit) <= limit && meet()) clusters.join(row, other);
  };
  return nearCandidates(data, widest, visit, mostPairs);
}
