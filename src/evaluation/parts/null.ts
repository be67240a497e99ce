import { seededRandom } from "../../numeric/random.ts";
import { mean, quantile } from "../../numeric/statistics.ts";
import { ldsOfQueries } from "../lds.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import { STREAM, streamSeed } from "../subsets.ts";

export interface NullResult {
  readonly shuffles: number;
  /** Mean LDS of shuffled scores over the shuffles: 0 but for chance. */
  readonly value: number;
  /** 2.5 % and 97.5 % of the single shuffles. */
  readonly low: number;
  readonly high: number;
}

const SHUFFLES = 20;

/** Scores in another order for each query: they have the same sizes and nothing to do with the rows. */
function shuffled(scores: Float64Array, queries: number, seed: number): Float64Array {
  const members = scores.length / queries;
  const random = seededRandom(seed);
  const result = new Float64Array(scores.length);
  for (let q = 0; q < queries; q++) {
    random.permutation(members).forEach((from, to) => {
      result[q * members + to] = scores[q * members + from]!;
    });
  }
  return result;
}

/** What the LDS of scores that mean nothing comes to, on the same outcomes; shuffled per query. */
export async function shuffledNull(setup: Setup): Promise<NullResult> {
  const { options, width } = setup;
  const { traces, rows } = await setup.scoring(width);
  const outcomes = await setup.halves("rows");
  const scores = products(stack(traces), rows, width);
  const values = Array.from({ length: SHUFFLES }, (_, at) =>
    mean(
      ldsOfQueries(
        shuffled(scores, outcomes.queries, streamSeed(options.seed, STREAM.shuffles, at)),
        outcomes,
      ),
    ),
  );
  return {
    shuffles: SHUFFLES,
    value: mean(values),
    low: quantile(values, 0.025),
    high: quantile(values, 0.975),
  };
}
