import { measureLds } from "../lds.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import { brief, type LdsResult } from "./lds-rows.ts";

/** LDS over random halves of the contributors, by the integers that are paid by: u·Φ_c. */
export async function ldsContributors(setup: Setup): Promise<LdsResult> {
  const { options, width } = setup;
  const { traces, gradients, phi, sums } = await setup.scoring(width);
  const outcomes = await setup.halves("contributors");
  const integers = measureLds(products(stack(traces), phi, width), outcomes, options.seed);
  return {
    width,
    subsets: outcomes.subsets.length,
    integers: brief(integers),
    float: brief(measureLds(products(gradients, sums, width), outcomes, options.seed)),
    each: Array.from(integers.each),
  };
}
