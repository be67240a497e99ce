import { familyOf } from "./family.ts";
import { type Quality, qualityOf } from "./quality.ts";
import type { Activations, Adapter, Base } from "./types.ts";

/**
 * Quality of an adapter on rows of known labels, such as those that a DataNet held out.
 *
 * @param base needed for a kind that reaches into the base
 */
export const evaluateAdapter = (
  adapter: Adapter,
  { activations, labels }: { readonly activations: Activations; readonly labels: Uint32Array },
  base?: Base,
): Quality =>
  qualityOf(
    familyOf(adapter.kind, base).logProbabilities(adapter, activations),
    labels,
    Uint32Array.from(labels, (_, i) => i),
  );

/** How many rows of known labels an adapter answers right: what accuracy is made of, where rows come part by part. */
export function rightAnswers(
  adapter: Adapter,
  { activations, labels }: { readonly activations: Activations; readonly labels: Uint32Array },
  base: Base,
): number {
  const { accuracy } = evaluateAdapter(adapter, { activations, labels }, base);
  return Math.round(accuracy * labels.length);
}
