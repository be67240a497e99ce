import type { DuplicateRule } from "../../attribution/duplicate-weights.ts";
import type { MethodName } from "../../attribution/methods/types.ts";
import { NO_WEIGHTING, type RowWeighting } from "../../attribution/row-weights.ts";

/** What decides an index besides the data and the models. */
export interface MethodOptions extends RowWeighting {
  readonly name: MethodName;
  /** λ; the adapter's own where undefined. */
  readonly ridge?: number | undefined;
  /** Where the columns come from; for the method's own choice leave it undefined. */
  readonly init?: "pca" | "sjlt" | "random" | undefined;
  /** Columns K that the method works in, at most. They do not bind what is proven: k of them, mixed, do. */
  readonly candidates: number;
  readonly seed: number;
  /** What near-duplicates earn. */
  readonly nearDuplicates: DuplicateRule;
  /** Rows that directions and metric are made from, at most. */
  readonly fitRows: number;
}

/** Measured: docs/attribution.md, "Which method". */
export const DEFAULT_METHOD: MethodOptions = {
  ...NO_WEIGHTING,
  name: "influence",
  nearDuplicates: "share",
  candidates: 768,
  seed: 1,
  fitRows: 8_192,
};
