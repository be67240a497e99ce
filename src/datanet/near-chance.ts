/**
 * Whatever chance is expected to explain, near is at most this part of a usual distance: distances that take few values have no tail
 * to learn from.
 */
const MOST = 0.55;

/** −ln(1 − F): what a power of the distance is proportional to where F of the rows are nearer (Weibull's law; exact of evenly spread points). */
const hazard = (part: number): number => -Math.log(1 - part);

/** The number that so many of those sorted are below. */
export const quantile = (sorted: Float64Array, part: number): number =>
  sorted[Math.floor(part * sorted.length)]!;

/**
 * The distance that only `part` of honest rows are below by chance. Distances from neighbours follow a power of the distance towards 0,
 * whose exponent is about the dimension that the data have; quartile and median say which. Neither moves much as long as less than a
 * quarter of the rows that were asked are somebody's copies.
 *
 * @param distances of some rows from their nearest neighbours, none of them 0
 * @returns 0 where there are none
 */
export function distanceBelowChance(distances: readonly number[], part: number): number {
  if (distances.length === 0) return 0;
  const sorted = Float64Array.from(distances).sort();
  const [quartile, median] = [quantile(sorted, 0.25), quantile(sorted, 0.5)];
  const power = Math.log(hazard(0.5) / hazard(0.25)) / Math.log(median / quartile);
  return median * Math.min(MOST, (hazard(part) / hazard(0.5)) ** (1 / power));
}
