import type { OnProgress } from "../../core/progress.ts";
import type { DataNet, FeatureKind } from "../../datanet/types.ts";
import { DEFAULT_HASHING, fitScaling, type NumberRows, numericBase, textBase } from "../../model/built-in.ts";
import { standardiseOutputs } from "../../model/standardise.ts";
import type { Base } from "../../model/types.ts";
import { type OnnxBase, userBase } from "../../model/user-base.ts";
import { inParts, type TrainingRows } from "./training-rows.ts";

/** Rows that a base is made for. */
export interface BaseRows extends Pick<TrainingRows, "length" | "parts"> {
  readonly kind: FeatureKind;
  /** Where they are numbers. */
  numbers(): NumberRows;
}

/** A user's graph where one is given, with its outputs standardised; otherwise the built-in base of the DataNet's kind. */
export function baseFor(
  { kind, rows }: DataNet,
  onnx: OnnxBase | undefined,
  onProgress?: OnProgress,
): Promise<Base> {
  const parts = () => inParts(rows.map(({ features }) => features));
  const numbers = (): NumberRows => rows.map(({ features }) => features as Float64Array);
  return baseOf({ kind, length: rows.length, parts, numbers }, onnx, onProgress);
}

/** The same of rows that come part by part. */
export async function baseOf(
  rows: BaseRows,
  onnx: OnnxBase | undefined,
  onProgress?: OnProgress,
): Promise<Base> {
  const { kind } = rows;
  if (onnx !== undefined) {
    const { width } = onnx.input;
    const preprocessing =
      kind === "text"
        ? ({ kind: "text", hashing: { ...DEFAULT_HASHING, width } } as const)
        : ({ kind: "numeric", width } as const);
    return standardiseOutputs(userBase(preprocessing, onnx), rows.parts(), rows.length, onProgress);
  }
  return kind === "text" ? textBase() : numericBase(fitScaling(rows.numbers()));
}

/**
 * Columns of numbers that a user's graph reads with most of their differences rounded away: their mean is so far from 0 that a float32
 * has few digits left (times in seconds since 1970 are rounded to two minutes). The built-in base subtracts the mean before; what a
 * user's graph is made for is not known here, so it gets the numbers as they are.
 */
export function farColumns({ kind, numbers }: Pick<BaseRows, "kind" | "numbers">): number[] {
  if (kind === "text") return [];
  const { offset = [] } = fitScaling(numbers());
  return Array.from(offset.keys()).filter((j) => offset[j] !== 0);
}
