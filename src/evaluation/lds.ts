import { bootstrap, bootstrapMean, mean, pearson, ranks, spearman } from "../numeric/statistics.ts";
import { STREAM, streamSeed } from "./subsets.ts";
import type { Measured } from "./types.ts";

/** What retraining showed: `values[m × queries + q]` is the log-likelihood of query q's served label under subset m's model. */
export interface Outcomes {
  readonly subsets: readonly Uint32Array[];
  readonly queries: number;
  readonly values: Float64Array;
}

const SUBSET_RESAMPLES = 200;

/** Each subset's prediction for each query, the sum of its members' scores: M × Q. */
function predictions(scores: Float64Array, { subsets, queries }: Outcomes): Float64Array {
  const members = scores.length / queries;
  const result = new Float64Array(subsets.length * queries);
  subsets.forEach((subset, m) => {
    for (let q = 0; q < queries; q++) {
      let sum = 0;
      for (const i of subset) sum += scores[q * members + i]!;
      result[m * queries + q] = sum;
    }
  });
  return result;
}

const column = (matrix: Float64Array, q: number, queries: number): Float64Array =>
  Float64Array.from({ length: matrix.length / queries }, (_, m) => matrix[m * queries + q]!);

/**
 * The linear datamodeling score of each query (Park et al., TRAK, 2023): Spearman, over the subsets, of the
 * predicted and the actual outcome.
 *
 * @param scores Q × members: of what the subsets are drawn from, rows or positions
 */
export function ldsOfQueries(scores: Float64Array, outcomes: Outcomes): Float64Array {
  const predicted = predictions(scores, outcomes);
  const { queries, values } = outcomes;
  return Float64Array.from({ length: queries }, (_, q) =>
    spearman(column(predicted, q, queries), column(values, q, queries)),
  );
}

/** The mean over the queries, with both intervals: other queries might have been asked, other subsets drawn. */
export function measureLds(
  scores: Float64Array,
  outcomes: Outcomes,
  seed: number,
): Measured & { each: Float64Array } {
  const each = ldsOfQueries(scores, outcomes);
  const { queries, values, subsets } = outcomes;
  const predicted = predictions(scores, outcomes);
  const pairs = Array.from(
    each,
    (_, q) => [column(predicted, q, queries), column(values, q, queries)] as const,
  );
  const ofDrawn = (drawn: Uint32Array): number => {
    let sum = 0;
    for (const [a, b] of pairs) sum += pearson(ranks(take(a, drawn)), ranks(take(b, drawn)));
    return sum / queries;
  };
  return {
    value: mean(each),
    overQueries: bootstrapMean(each, { seed: streamSeed(seed, STREAM.bootstrap) }),
    overSubsets: bootstrap(subsets.length, ofDrawn, {
      seed: streamSeed(seed, STREAM.bootstrap, 1),
      resamples: SUBSET_RESAMPLES,
    }),
    each,
  };
}

const take = (values: Float64Array, drawn: Uint32Array): Float64Array =>
  Float64Array.from(drawn, (m) => values[m]!);
