import { familyOf } from "../model/family.ts";
import type { Adapter } from "../model/types.ts";
import type { EvaluationData } from "./types.ts";

/** Rows in clusters of near-duplicates of more than one. @param duplicates the first row of each row's cluster */
export function joinedRows(duplicates: Uint32Array): number {
  const sizes = new Map<number, number>();
  for (const first of duplicates) sizes.set(first, 1 + (sizes.get(first) ?? 0));
  return duplicates.filter((first) => sizes.get(first)! > 1).length;
}

/** Queries whose likeliest label has the probability 1 in float32: their gradient is what is left of rounding. */
export function certainAnswers(
  adapter: Adapter,
  { base, queries }: Pick<EvaluationData, "base" | "queries">,
): number {
  const p = familyOf(adapter.kind, base).logProbabilities(adapter, queries.activations);
  const classes = adapter.labels.length;
  return queries.labels.filter((_, q) =>
    p.subarray(q * classes, (q + 1) * classes).some((x) => Math.fround(Math.exp(x)) === 1),
  ).length;
}
