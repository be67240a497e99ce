import { METHOD_NAMES, type MethodName } from "../../attribution/methods/types.ts";
import type { MethodOptions } from "../../operations/attribution/options.ts";
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

/** What is compared: every method as it is published, of the rows' losses, beside the one that is evaluated. */
interface Asked {
  readonly name: string;
  readonly scoring: (setup: Setup) => Promise<Scoring>;
}

/** An index of another method with everything else alike; λ and columns are its own choice. */
function published({ data, models, options, width, onProgress }: Setup, name: MethodName): Promise<Scoring> {
  const own = { ridge: undefined, search: undefined, init: undefined };
  const other = {
    ...options.method,
    ...(name !== options.method.name && own),
    name,
    gradient: "loss",
  } as const;
  return scoreQueries(data, models, width, other, onProgress);
}

function askedMethods({ name: own, gradient }: MethodOptions): readonly Asked[] {
  const others = METHOD_NAMES.filter((name) => name !== own || gradient !== "loss");
  return [
    { name: own, scoring: (setup) => setup.scoring(setup.width) },
    ...others.map((name) => ({
      name: name === own ? `${name}, the loss alone` : name,
      scoring: (setup: Setup) => published(setup, name),
    })),
  ];
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
  for (const { name, scoring } of askedMethods(options.method)) {
    const { traces, phi } = await scoring(setup);
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
