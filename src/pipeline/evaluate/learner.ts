import { familyOf } from "../../model/family.ts";
import type { TrainingData } from "../../model/train.ts";
import type { Activations, Adapter } from "../../model/types.ts";

/** What is trained again and again: plain data, so that it goes to a worker and into a content key. */
export interface LearnerSpec {
  readonly kind: Adapter["kind"];
  readonly ridge: number;
  /** How far above its minimum the objective of a convex model may stay. */
  readonly tolerance: number;
}

/** Everything that retraining needs, besides which rows; typed arrays may be shared between threads. */
export interface LearningTask {
  readonly spec: LearnerSpec;
  readonly data: TrainingData;
  /** Where a convex learner starts: the model of all rows. Others start from their seed. */
  readonly start?: Adapter;
  /** The requests whose outcome is asked. */
  readonly queries: Activations;
}

export interface RetrainJob {
  readonly rows: Uint32Array;
  readonly seed: number;
}

/** Whether the objective has one minimum, so that neither the start nor the seed matters. */
export const isConvex = (kind: Adapter["kind"]): boolean => kind === "linear";

/** log p of every class for every query, Q × classes, of a model trained on the job's rows only. */
export function outcomeOf(
  { spec, data, start, queries }: LearningTask,
  { rows, seed }: RetrainJob,
): Float64Array {
  const { kind, ridge, tolerance } = spec;
  const family = familyOf(kind);
  const from = isConvex(kind) && start !== undefined ? { start } : {};
  const adapter = family.fit(data, { rows, seed, ridge, tolerance, ...from });
  return family.logProbabilities(adapter, queries);
}
