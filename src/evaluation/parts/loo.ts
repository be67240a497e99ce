import { bootstrapMean, mean, pearson } from "../../numeric/statistics.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import { drawSome, STREAM, streamSeed } from "../subsets.ts";
import type { Measured } from "../types.ts";

export interface LooResult {
  /** Rows that were left out, one at a time. */
  readonly rows: number;
  readonly integers: Measured;
  readonly float: Measured;
}

/**
 * Leave-one-out: how well a row's score says, for each query, how much likelihood the served label loses when the
 * model is trained again without that row. Pearson over the rows, mean over the queries. Convex models only: there
 * the retrained minimum is unique; elsewhere the noise of training is larger than one row's part.
 */
export async function leaveOneOut(setup: Setup): Promise<LooResult> {
  const { data, options, width } = setup;
  const { traces, gradients, rows: phi, served } = await setup.scoring(width);
  const count = data.owners.length;
  const classes = data.training.names.length;
  const left = drawSome(count, Math.min(options.leftOut, count), streamSeed(options.seed, STREAM.leftOut));
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  const jobs = [all, ...Array.from(left, (row) => all.filter((i) => i !== row))];
  const outcomes = await setup.leftOut(
    jobs.map((rows) => ({ rows, seed: options.seed })),
    "retrain without one row",
  );
  const [full, ...without] = outcomes;
  const asked = served.length;
  const losses = Array.from(served, (label, q) => {
    const at = q * classes + label;
    return Float64Array.from(without, (outcome) => full![at]! - outcome[at]!);
  });
  const correlate = (scores: Float64Array): Measured => {
    const each = losses.map((lost, q) =>
      pearson(
        Float64Array.from(left, (row) => scores[q * count + row]!),
        lost,
      ),
    );
    const overQueries = bootstrapMean(each, { seed: streamSeed(options.seed, STREAM.bootstrap, 2) });
    return { value: mean(each), ...(asked > 1 && { overQueries }) };
  };
  return {
    rows: left.length,
    integers: correlate(products(stack(traces), phi, width)),
    float: correlate(products(gradients, phi, width)),
  };
}
