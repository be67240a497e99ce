import type { DuplicateRule } from "../../attribution/duplicate-weights.ts";
import type { MethodName } from "../../attribution/methods/types.ts";
import type { LeftOutOrder, RowGradient } from "../../attribution/objective.ts";
import { NO_WEIGHTING, type RowWeighting } from "../../attribution/row-weights.ts";
import type { RidgeSearchRecord } from "../../attribution/types.ts";
import { TEXT_SIMILARITY } from "../../datanet/text-limits.ts";
import type { Adapter } from "../../model/types.ts";

/** What decides an index besides the data and the models. */
export interface MethodOptions extends RowWeighting {
  readonly name: MethodName;
  /** Which gradient of a row is summed up. */
  readonly gradient: RowGradient;
  /**
   * 2: a position's rows are left out of the curvature, too, where the model is a softmax head, all rows are in the fit and the method
   * is "influence"; elsewhere, and with 1, the curvature is that of all rows.
   */
  readonly order: LeftOutOrder;
  /** λ; the adapter's own times RIDGE_FACTOR where undefined. */
  readonly ridge?: number | undefined;
  /** How λ was found, where it was searched for: recorded, and without a say in anything else. */
  readonly search?: RidgeSearchRecord | undefined;
  /** Where the columns come from; for the method's own choice leave it undefined. */
  readonly init?: "pca" | "sjlt" | "random" | undefined;
  /** Columns K that the method works in, at most. They do not bind what is proven: k of them, mixed, do. */
  readonly candidates: number;
  /**
   * How much the sums of positions, which are paid by, count when the k columns are chosen, in [0, 1]; the rest are single rows, which
   * explanations show.
   */
  readonly positionShare: number;
  readonly seed: number;
  /** What near-duplicates earn. */
  readonly nearDuplicates: DuplicateRule;
  /** Least similarity of near texts, in [0.5, 1], above which the limit comes from the data, as that of numbers does. */
  readonly nearSimilarity: number;
  /** Rows that directions and metric are made from, at most. */
  readonly fitRows: number;
}

/**
 * λ of the metric for one of the model, chosen on requests held out of the training rows (docs/attribution.md, "Which
 * method"). A head at its minimum has H + λI for a Hessian; other models are not at a minimum, and Gauss–Newton is not their
 * Hessian, so that small directions are not to be trusted; low-rank pairs have many of them, since A and B can be scaled against one
 * another and turned together without changing the model.
 */
export const RIDGE_FACTOR: Readonly<Record<Adapter["kind"], number>> = { linear: 1, mlp: 10, lora: 100 };

/** Measured: docs/attribution.md, "Which method". */
export const DEFAULT_METHOD: MethodOptions = {
  ...NO_WEIGHTING,
  name: "influence",
  gradient: "objective",
  order: 2,
  nearDuplicates: "share",
  nearSimilarity: TEXT_SIMILARITY,
  candidates: 1536,
  positionShare: 0.8,
  seed: 1,
  fitRows: 8_192,
};
