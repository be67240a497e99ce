import type { TrainingReport, TriedRidge } from "./types.ts";

/** λ from strong to weak for a head, each the start of the next one. Outputs of a wide base want the strong ones. */
export const HEAD_RIDGES: readonly number[] = [
  1, 1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7,
];

/** The same for models that are trained in batches, from their start for each. */
export const BATCH_RIDGES: readonly number[] = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];

/** The largest part of what the best model gains over the most frequent label that a larger λ may cost. */
const GAIN_SHARE = 0.1;

const isBetter = (a: TriedRidge, b: TriedRidge): boolean =>
  a.accuracy > b.accuracy || (a.accuracy === b.accuracy && a.loss < b.loss);

/** The most accurate, of equals the one of lower loss. */
const mostAccurate = (tried: readonly TriedRidge[]): TriedRidge =>
  tried.reduce((best, one) => (isBetter(one, best) ? one : best));

/**
 * The largest λ whose accuracy is within one standard error of the best one's (Breiman et al. 1984, section 3.4.3): where rows cannot
 * tell models apart, the one that follows its rows the least, and whose scores say the most. It may cost a tenth of what the best gains
 * over the most frequent label: of rare labels a standard error is more than all that there is to learn.
 *
 * Accuracy and not the loss, since it is what is served: a stronger λ makes answers less sure long before it makes them others, and the
 * loss counts that.
 *
 * @param majority accuracy of always answering the most frequent label
 */
export function chooseRidge(tried: readonly TriedRidge[], majority: number): TriedRidge {
  const { accuracy: best, standardError } = mostAccurate(tried);
  const least = best - Math.min(standardError, GAIN_SHARE * Math.max(0, best - majority));
  return tried
    .filter(({ accuracy }) => accuracy >= least)
    .reduce((most, one) => (one.ridge > most.ridge ? one : most));
}

/** Part of its loss that a model of a weaker λ has to gain on the one before, where neither is more accurate. */
const LOSS_SHARE = 0.1;

/**
 * Whether weaker λ are not worth a look: the last one is worse than an earlier one both ways; or it gains hardly any loss on the one
 * before, and the two of them are more accurate than all before them by half a standard error at most, after something was learnt. They
 * take most of the time, and hardly change what is chosen.
 *
 * @param majority as above
 */
export function isPastBest(tried: readonly TriedRidge[], majority: number): boolean {
  const [last, earlier] = [tried.at(-1)!, tried.slice(0, -1)];
  const [accuracy, loss] = [mostAccurate(earlier).accuracy, Math.min(...earlier.map((one) => one.loss))];
  if (last.accuracy <= accuracy && last.loss > loss) return true;
  if (tried.length < 3 || last.loss < (1 - LOSS_SHARE) * loss) return false;
  const before = mostAccurate(tried.slice(0, -2));
  if (before.accuracy <= majority + before.standardError) return false;
  return mostAccurate(tried.slice(-2)).accuracy <= before.accuracy + before.standardError / 2;
}

/** Which end of what was tried a search for λ ended at, if it did: what is beyond was not looked at. */
export function ridgeEdge({
  tried,
  ridge,
}: Pick<TrainingReport, "tried" | "ridge">): "largest" | "smallest" | undefined {
  if (tried.length < 2) return undefined;
  const ridges = tried.map((one) => one.ridge);
  if (ridge === Math.max(...ridges)) return "largest";
  return ridge === Math.min(...ridges) ? "smallest" : undefined;
}
