import { mean, quantile, spearman } from "../../numeric/statistics.ts";
import { products, stack } from "../products.ts";
import type { Setup } from "../setup.ts";
import { splitOf, totalVariation } from "../split.ts";

export interface FidelityResult {
  readonly queries: number;
  /** Spearman of a query's contributors' scores, integers against float. */
  readonly spearman: { readonly median: number; readonly low: number };
  /** Half the sum of the differences of a query's shares: the part of its fee that goes elsewhere because of rounding. */
  readonly variation: { readonly mean: number; readonly median: number; readonly high: number };
  /** The same of the shares of all queries' fees together, which is what contributors see. */
  readonly pooledVariation: number;
}

/** How much of what float scores say is still in the integers that are proven. */
export async function fidelity(setup: Setup): Promise<FidelityResult> {
  const { data, width } = setup;
  const { traces, gradients, phi, sums } = await setup.scoring(width);
  const positions = phi.length / width;
  const integers = products(stack(traces), phi, width);
  const floats = products(gradients, sums, width);
  const of = (scores: Float64Array, q: number): Float64Array =>
    scores.slice(q * positions, q * positions + data.assigned);
  const queries = traces.length;
  const correlations = traces.map((_, q) => spearman(of(integers, q), of(floats, q)));
  const variations: number[] = [];
  const pooled = [new Float64Array(data.assigned + 1), new Float64Array(data.assigned + 1)] as const;
  for (let q = 0; q < queries; q++) {
    const [ours, theirs] = [splitOf(of(integers, q)), splitOf(of(floats, q))];
    variations.push(totalVariation(ours, theirs));
    ours.forEach((share, c) => {
      pooled[0][c]! += share / queries;
      pooled[1][c]! += theirs[c]! / queries;
    });
  }
  return {
    queries,
    spearman: { median: quantile(correlations, 0.5), low: quantile(correlations, 0.05) },
    variation: {
      mean: mean(variations),
      median: quantile(variations, 0.5),
      high: quantile(variations, 0.95),
    },
    pooledVariation: totalVariation(...pooled),
  };
}
