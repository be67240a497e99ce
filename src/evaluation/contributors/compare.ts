import { bootstrapMean, mean, spearman } from "../../numeric/statistics.ts";
import { splitOf, totalVariation } from "../split.ts";
import { STREAM, streamSeed } from "../subsets.ts";
import type { Measured } from "../types.ts";

/** How well scores say what leaving contributors out does, request by request. */
export interface SplitComparison {
  /** Spearman over the contributors, mean over the requests. */
  readonly spearman: Measured;
  /** Of the requests the lowest. */
  readonly least: number;
  /** Total variation between the two splits of a request's fee, mean over the requests. */
  readonly variation: Measured;
  /** The same of the splits of all requests' fees together. */
  readonly pooledVariation: number;
  /** Share of the pairs of a request and a contributor whose sign is right. */
  readonly sign: Measured;
  /** The same with each pair counting by the size of its change. */
  readonly weightedSign: number;
  /** Requests whose fee nobody gets, since no number is positive. */
  readonly nobody: { readonly scores: number; readonly retraining: number; readonly both: number };
}

/** Pairs with the right sign. A change of exactly 0 has none and is not counted; a score of 0 is half right. */
function signsOf(scores: Float64Array, changes: Float64Array) {
  let [right, counted, weightRight, weight] = [0, 0, 0, 0];
  changes.forEach((change, c) => {
    if (change === 0) return;
    const hit = scores[c] === 0 ? 0.5 : Number(scores[c]! > 0 === change > 0);
    right += hit;
    counted++;
    weightRight += hit * Math.abs(change);
    weight += Math.abs(change);
  });
  return { share: counted > 0 ? right / counted : 1, weightRight, weight };
}

const rowOf = (matrix: Float64Array, q: number, queries: number): Float64Array => {
  const columns = matrix.length / queries;
  return matrix.subarray(q * columns, (q + 1) * columns);
};

/** Spearman of each request between two Q × C tables. */
export const spearmanOfQueries = (a: Float64Array, b: Float64Array, queries: number): Float64Array =>
  Float64Array.from({ length: queries }, (_, q) => spearman(rowOf(a, q, queries), rowOf(b, q, queries)));

/** The mean over the requests, with what it could have been for other requests. */
export const overQueries = (each: Float64Array, seed: number): Measured => ({
  value: mean(each),
  overQueries: bootstrapMean(each, { seed: streamSeed(seed, STREAM.bootstrap, 3) }),
});

/**
 * Holds scores against the true changes.
 *
 * @param scores Q × C
 * @param changes Q × C: the log-likelihood of the served label that is lost without each contributor
 */
export function compareSplits(
  scores: Float64Array,
  changes: Float64Array,
  queries: number,
  seed: number,
): SplitComparison {
  const correlations = spearmanOfQueries(scores, changes, queries);
  const variations = new Float64Array(queries);
  const shares = new Float64Array(queries);
  const contributors = changes.length / queries;
  const pooled = [new Float64Array(contributors + 1), new Float64Array(contributors + 1)] as const;
  const nobody = { scores: 0, retraining: 0, both: 0 };
  let [weightRight, weight] = [0, 0];
  for (let q = 0; q < queries; q++) {
    const [ours, true_] = [rowOf(scores, q, queries), rowOf(changes, q, queries)];
    const splits = [splitOf(ours), splitOf(true_)] as const;
    variations[q] = totalVariation(...splits);
    splits.forEach((split, side) => {
      split.forEach((share, c) => {
        pooled[side]![c]! += share / queries;
      });
    });
    const [unpaid, owesNobody] = splits.map((split) => split[contributors] === 1);
    nobody.scores += Number(unpaid);
    nobody.retraining += Number(owesNobody);
    nobody.both += Number(unpaid && owesNobody);
    const signs = signsOf(ours, true_);
    shares[q] = signs.share;
    weightRight += signs.weightRight;
    weight += signs.weight;
  }
  return {
    spearman: overQueries(correlations, seed),
    least: correlations.reduce((least, x) => Math.min(least, x), 1),
    variation: overQueries(variations, seed),
    pooledVariation: totalVariation(...pooled),
    sign: overQueries(shares, seed),
    weightedSign: weight > 0 ? weightRight / weight : 1,
    nobody,
  };
}
