import { familyOf } from "../../model/family.ts";
import { gradientDot } from "../gradient-dot.ts";
import { measureLds } from "../lds.ts";
import { indexLimit, toLevels } from "../levels.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import type { Measured } from "../types.ts";

export interface LdsResult {
  readonly width: number;
  readonly subsets: number;
  /** u and Φ in 8 bits. */
  readonly integers: Measured;
  readonly float: Measured;
  /** Of each query, integers: what the histogram shows. */
  readonly each: readonly number[];
}

export interface LdsRowsResult extends LdsResult {
  /** u in 8 bits and φ_i unrounded: the row scores that explanations show. */
  readonly explained: Measured;
  /** The full gradients' dot product, in float. */
  readonly gradientDot: Measured;
}

/** The measure without the list. */
export const brief = ({ value, overQueries, overSubsets }: Measured): Measured => ({
  value,
  ...(overQueries && { overQueries }),
  ...(overSubsets && { overSubsets }),
});

/**
 * LDS over random halves of the rows. For the integers every row stands for itself: φ_i in 8 bits at one scale, as
 * Φ would be if each row were a position.
 */
export async function ldsRows(setup: Setup): Promise<LdsRowsResult> {
  const { data, models, options, width } = setup;
  const [adapter] = models;
  const scoring = await setup.scoring(width);
  const outcomes = await setup.halves("rows");
  const rows = toLevels(scoring.rows, 8, indexLimit(scoring.rows));
  const integers = measureLds(products(stack(scoring.traces), rows, width), outcomes, options.seed);
  const float = measureLds(products(scoring.gradients, scoring.rows, width), outcomes, options.seed);
  const family = familyOf(adapter.kind, data.base);
  const dot = gradientDot(
    family.layerGradients(adapter, data.queries.activations, scoring.served),
    family.layerGradients(adapter, data.training.activations, data.training.labels),
  );
  return {
    width,
    subsets: outcomes.subsets.length,
    integers: brief(integers),
    float: brief(float),
    explained: brief(
      measureLds(products(stack(scoring.traces), scoring.rows, width), outcomes, options.seed),
    ),
    gradientDot: brief(measureLds(dot, outcomes, options.seed)),
    each: Array.from(integers.each),
  };
}
