import { familyOf } from "../model/family.ts";
import type { TrainingData } from "../model/training-data.ts";
import type { Activations, Adapter, Base } from "../model/types.ts";

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
  /** The model of all rows: a convex learner starts there, another takes its shape and schedule. */
  readonly model: Adapter;
  /** The frozen base, for a model whose adapters lie inside of it. */
  readonly base: Base;
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
  { spec, data, model, base, queries }: LearningTask,
  { rows, seed }: RetrainJob,
): Float64Array {
  const { kind, ridge, tolerance } = spec;
  const family = familyOf(kind, base);
  const from = isConvex(kind) ? { start: model } : { like: model };
  const adapter = family.fit(data, { rows, seed, ridge, tolerance, helpers: 0, ...from });
  return family.logProbabilities(adapter, queries);
}
