import { familyOf } from "./family.ts";
import { type Counted, countOf, type Quality, qualityFrom } from "./quality.ts";
import type { Activations, Adapter, Base } from "./types.ts";

interface KnownRows {
  readonly activations: Activations;
  readonly labels: Uint32Array;
}

/**
 * What an adapter answers on rows of known labels, such as those that a DataNet held out: counts, which add up where rows come part by
 * part.
 *
 * @param base needed for a kind that reaches into the base
 */
export const countAnswers = (adapter: Adapter, { activations, labels }: KnownRows, base?: Base): Counted =>
  countOf(
    familyOf(adapter.kind, base).logProbabilities(adapter, activations),
    labels,
    Uint32Array.from(labels, (_, i) => i),
  );

/** Its quality on them, and how many of its answers are certain in float32. Parameters as of `countAnswers`. */
export function evaluateAdapter(
  adapter: Adapter,
  rows: KnownRows,
  base?: Base,
): Quality & Pick<Counted, "certain"> {
  const counted = countAnswers(adapter, rows, base);
  return { ...qualityFrom(counted), certain: counted.certain };
}
