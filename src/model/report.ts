import type { FitOptions } from "./model-family.ts";
import type { TrainingReport } from "./types.ts";

/** The report of a model that was fitted at a given λ, without rows set aside. */
export const plainReport = (
  rows: number,
  { ridge, seed }: FitOptions,
  { iterations, decrement }: Pick<TrainingReport, "iterations" | "decrement">,
): TrainingReport => ({
  rows,
  ridge,
  tried: [],
  folds: { of: 0, used: 0 },
  validationRows: 0,
  validationAccuracy: 0,
  majorityAccuracy: 0,
  iterations,
  decrement,
  seed,
});
