import { TributaryError } from "../../core/errors.ts";
import { headOf } from "../../model/adapter.ts";
import {
  compareSplits,
  overQueries,
  type SplitComparison,
  spearmanOfQueries,
} from "../contributors/compare.ts";
import type { ContributorChanges } from "../contributors/left-out.ts";
import { exactInfluence } from "../exact/influence.ts";
import { newtonChanges, newtonIsCheap } from "../exact/newton.ts";
import { measureLds } from "../lds.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import { sumsOf } from "../sums.ts";
import type { Measured } from "../types.ts";
import { brief } from "./lds-rows.ts";

/** What a score could reach that loses nothing on its way from the exact influence to the integers. */
export interface ExactResult {
  /** Of the head. */
  readonly parameters: number;
  /** First order: sums of the rows' influence over N − n_c, against leaving contributors out. */
  readonly influence?: SplitComparison;
  /** Second order: one Newton step on the others' rows. Absent where it would take long. */
  readonly newton?: SplitComparison;
  /** LDS by contributors of the same sums. */
  readonly contributors?: Measured;
  /** Spearman over the rows between their scores in integers, with all defences, and the influence without; mean over the requests. */
  readonly rows: Measured;
  /** Share of the scores' variance that the k columns hold, as the manifest says it. */
  readonly kept: number;
}

/** Q × left-out contributors: the sums over N − n_c. */
export function firstOrder(
  sums: Float64Array,
  owners: Uint32Array,
  { contributors, queries }: ContributorChanges,
): Float64Array {
  const positions = sums.length / queries;
  const others = contributors.map((position) => owners.filter((owner) => owner !== position).length);
  const result = new Float64Array(queries * contributors.length);
  for (let q = 0; q < queries; q++)
    contributors.forEach((position, c) => {
      result[q * contributors.length + c] = sums[q * positions + position]! / others[c]!;
    });
  return result;
}

/**
 * Exact influence in all parameters of a softmax head, beside the scores: against retraining without contributors and on halves of
 * them, where those parts were asked for, and row by row.
 *
 * @throws TRB_EVALUATION_NOT_CONVEX
 */
export async function exact(setup: Setup): Promise<ExactResult> {
  const { data, models, options, width, onProgress } = setup;
  const [adapter] = models;
  if (adapter.kind !== "linear") {
    throw new TributaryError("TRB_EVALUATION_NOT_CONVEX", "Only a softmax head has an exact influence.");
  }
  const { traces, rows, served, kept } = await setup.scoring(width);
  const queries = served.length;
  const { training, owners, assigned } = data;
  const requests = data.queries.activations;
  const influence = exactInfluence(adapter, training, requests, served, (done) =>
    onProgress({ stage: "exact influence", done, total: queries }),
  );
  const sums = sumsOf(influence, owners, assigned, queries);
  const asked = new Set(options.parts);
  const parameters = headOf(adapter).length;
  let against = {};
  if (asked.has("leave-one-contributor-out")) {
    const changes = await setup.withoutContributors();
    const [truth] = changes.sets;
    const compare = (scores: Float64Array) => compareSplits(scores, truth!, queries, options.seed);
    const { contributors } = changes;
    against = {
      influence: compare(firstOrder(sums, owners, changes)),
      ...(newtonIsCheap(parameters, contributors.length) && {
        newton: compare(newtonChanges(adapter, training, owners, contributors, requests, served)),
      }),
    };
  }
  return {
    parameters,
    ...against,
    ...(asked.has("lds-contributors") && {
      contributors: brief(measureLds(sums, await setup.halves("contributors"), options.seed)),
    }),
    rows: overQueries(
      spearmanOfQueries(products(stack(traces), rows, width), influence, queries),
      options.seed,
    ),
    kept,
  };
}
