import { mean } from "../../numeric/statistics.ts";
import {
  compareSplits,
  overQueries,
  type SplitComparison,
  spearmanOfQueries,
} from "../contributors/compare.ts";
import type { ContributorChanges } from "../contributors/left-out.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import type { Measured } from "../types.ts";

/** What two independent sets of trainings of a noisy model say of one another. */
export interface RetrainingNoise {
  /** Spearman over the contributors between the two sets, mean over the requests. */
  readonly agreement: Measured;
  /**
   * What a score without any noise could reach against one set: √agreement. Two sets of equal noise correlate by the share of the
   * signal in their variance, the signal and a set by that share's root.
   */
  readonly ceiling: number;
  /** Spearman of the score against one set, mean of the two: to be held against the agreement. */
  readonly score: Measured;
}

export interface LeftOutContributorsResult {
  /** Contributors that were left out, and how many there are. */
  readonly contributors: number;
  readonly of: number;
  /** Models that it took. */
  readonly trainings: number;
  /** Scores in integers, which are paid by, against the mean of all retrainings. */
  readonly integers: SplitComparison;
  readonly float: SplitComparison;
  /** Of a model that is not convex. */
  readonly noise?: RetrainingNoise;
  /** Spearman of each request, integers. */
  readonly each: readonly number[];
}

/** Mean of several tables. */
export const meanOf = (tables: readonly Float64Array[]): Float64Array =>
  tables[0]!.map((_, at) => mean(tables.map((table) => table[at]!)));

/** The columns of the positions that were left out. @param scores Q × positions */
export function scoresOf(
  scores: Float64Array,
  { contributors, queries }: Pick<ContributorChanges, "contributors" | "queries">,
): Float64Array {
  const positions = scores.length / queries;
  const result = new Float64Array(queries * contributors.length);
  for (let q = 0; q < queries; q++)
    contributors.forEach((position, c) => {
      result[q * contributors.length + c] = scores[q * positions + position]!;
    });
  return result;
}

function noiseOf(
  scores: Float64Array,
  { sets, queries }: ContributorChanges,
  seed: number,
): RetrainingNoise | undefined {
  const [one, other] = sets;
  if (one === undefined || other === undefined) return undefined;
  const agreement = overQueries(spearmanOfQueries(one, other, queries), seed);
  const each = meanOf(sets.map((set) => spearmanOfQueries(scores, set, queries)));
  return {
    agreement,
    ceiling: Math.sqrt(Math.max(0, agreement.value)),
    score: overQueries(each, seed),
  };
}

/**
 * Leave-one-contributor-out: the model is trained again on the rows of the others, and each contributor's score is held against what
 * the served label's log-likelihood loses. It is the split of a fee that is measured: who is paid in which order, how much of the
 * fee goes elsewhere, and who is paid at all.
 */
export async function leaveOneContributorOut(setup: Setup): Promise<LeftOutContributorsResult> {
  const { data, options, width } = setup;
  const { traces, gradients, phi, sums } = await setup.scoring(width);
  const changes = await setup.withoutContributors();
  const { contributors, queries, sets, trainings } = changes;
  const truth = meanOf(sets);
  const integers = scoresOf(products(stack(traces), phi, width), changes);
  const float = scoresOf(products(gradients, sums, width), changes);
  const noise = noiseOf(integers, changes, options.seed);
  return {
    contributors: contributors.length,
    of: data.assigned,
    trainings,
    integers: compareSplits(integers, truth, queries, options.seed),
    float: compareSplits(float, truth, queries, options.seed),
    ...(noise && { noise }),
    each: Array.from(spearmanOfQueries(integers, truth, queries)),
  };
}
