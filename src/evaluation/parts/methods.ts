import { METHOD_NAMES, type MethodName } from "../../attribution/methods/types.ts";
import { compareSplits, type SplitComparison } from "../contributors/compare.ts";
import { products, stack } from "../products.ts";
import { knnShapley, NEIGHBOURS } from "../rivals/knn-shapley.ts";
import { type Scoring, scoreQueries } from "../scoring.ts";
import type { Setup } from "../setup.ts";
import { sumsOf } from "../sums.ts";
import { meanOf, scoresOf } from "./leave-one-contributor-out.ts";

/** One way to split fees, held against the same retrainings as all others. */
export interface MethodComparison {
  readonly name: string;
  readonly comparison: SplitComparison;
}

/** An index of another method with everything else alike; λ and columns are its own choice. */
function scoringOf(setup: Setup, name: MethodName): Promise<Scoring> {
  const { data, models, options, width, onProgress } = setup;
  const { method } = options;
  if (name === method.name) return setup.scoring(width);
  const other = { ...method, name, ridge: undefined, search: undefined, init: undefined };
  return scoreQueries(data, models, width, other, onProgress);
}

/**
 * Every method of the product in integers at the same k, and two that need no model: how many rows each contributor has, and
 * KNN-Shapley.
 */
export async function methods(setup: Setup): Promise<readonly MethodComparison[]> {
  const { data, options, width } = setup;
  const { owners, assigned, training, queries: asked } = data;
  const changes = await setup.withoutContributors();
  const { queries, sets } = changes;
  const truth = meanOf(sets);
  const compared = (name: string, scores: Float64Array): MethodComparison => ({
    name,
    comparison: compareSplits(scoresOf(scores, changes), truth, queries, options.seed),
  });
  const results: MethodComparison[] = [];
  for (const name of METHOD_NAMES) {
    const { traces, phi } = await scoringOf(setup, name);
    results.push(compared(name, products(stack(traces), phi, width)));
  }
  const { served } = await setup.scoring(width);
  const nearest = knnShapley(training, asked.activations, served);
  const one = new Float64Array(queries * owners.length).fill(1);
  return [
    ...results,
    compared(`KNN-Shapley, K = ${NEIGHBOURS}`, sumsOf(nearest, owners, assigned, queries)),
    compared("number of rows", sumsOf(one, owners, assigned, queries)),
  ];
}
