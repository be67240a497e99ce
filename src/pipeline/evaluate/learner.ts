import { type HeadParameters, probabilities } from "../../model/softmax.ts";
import { fitHead } from "../../model/train.ts";
import type { Activations } from "../../model/types.ts";

/** What is trained again and again: plain data, so that it goes to a worker and into a content key. */
export interface LearnerSpec {
  readonly kind: "linear";
  readonly ridge: number;
  readonly tolerance: number;
}

/** Everything that retraining needs, besides which rows; typed arrays may be shared between threads. */
export interface LearningTask {
  readonly spec: LearnerSpec;
  readonly classes: number;
  readonly activations: Activations;
  readonly labels: Uint32Array;
  /** Where a convex learner starts: the model of all rows. Others start from their seed. */
  readonly start: HeadParameters;
  /** The requests whose outcome is asked. */
  readonly queries: Activations;
}

export interface RetrainJob {
  readonly rows: Uint32Array;
  readonly seed: number;
}

/** log p of every class for every query, Q × classes, of a model trained on the job's rows only. */
export function outcomeOf(task: LearningTask, { rows }: RetrainJob): Float64Array {
  const { spec, classes, activations, labels, queries, start } = task;
  const head = fitHead({ activations, labels, classes, rows }, spec.ridge, start, spec.tolerance).x;
  const outcome = new Float64Array(queries.rows * classes);
  for (let q = 0; q < queries.rows; q++) {
    const p = outcome.subarray(q * classes, (q + 1) * classes);
    probabilities(queries, q, head, p);
    for (let c = 0; c < classes; c++) p[c] = Math.log(Math.max(p[c]!, Number.MIN_VALUE));
  }
  return outcome;
}
