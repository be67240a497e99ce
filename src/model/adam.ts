import type { OnProgress } from "../core/progress.ts";
import { seededRandom } from "../numeric/random.ts";
import type { Schedule } from "./types.ts";

/** Kingma and Ba's own constants. */
const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

export interface BatchTraining {
  /** Rows that are trained on. */
  readonly rows: Uint32Array;
  readonly seed: number;
  readonly ridge: number;
  readonly schedule: Schedule;
  /** Epochs after which training stops, with the step sizes of the whole schedule; all of them where absent. */
  readonly stopAfter?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Adds the gradient of the summed loss of some rows to the second argument; returns that sum. */
export type BatchLoss = (rows: Uint32Array, gradient: Float64Array) => number;

/**
 * Minimises mean loss + λ/2·‖parameters‖² by Adam (Kingma and Ba, 2015) on batches in an order that the seed shuffles in
 * every epoch. λ is part of the gradient and not decoupled from it: where training ends is then about a stationary point
 * of the objective that influence functions speak of. The step size falls to 0, so that the last batches do not decide.
 *
 * @param parameters changed in place
 * @returns mean loss of the last epoch, without the penalty
 */
export function trainInBatches(parameters: Float64Array, training: BatchTraining, lossOf: BatchLoss): number {
  const { rows, seed, ridge, schedule, onProgress } = training;
  const { epochs, batch, rate } = schedule;
  const last = training.stopAfter ?? epochs;
  const random = seededRandom(seed);
  const size = parameters.length;
  const gradient = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const perEpoch = Math.ceil(rows.length / batch);
  let step = 0;
  let mean = 0;
  for (let epoch = 0; epoch < last; epoch++) {
    const order = random.permutation(rows.length).map((at) => rows[at]!);
    mean = 0;
    for (let from = 0; from < order.length; from += batch) {
      const chosen = order.subarray(from, from + batch);
      gradient.fill(0);
      mean += lossOf(chosen, gradient) / rows.length;
      step++;
      const pace = (rate * (1 + Math.cos((Math.PI * (step - 1)) / (epochs * perEpoch)))) / 2;
      const unbiasFirst = pace / (1 - FIRST_DECAY ** step);
      const unbiasSecond = 1 / (1 - SECOND_DECAY ** step);
      const share = 1 / chosen.length;
      for (let j = 0; j < size; j++) {
        const g = gradient[j]! * share + ridge * parameters[j]!;
        const m = first[j]! + (1 - FIRST_DECAY) * (g - first[j]!);
        const v = second[j]! + (1 - SECOND_DECAY) * (g * g - second[j]!);
        first[j] = m;
        second[j] = v;
        parameters[j]! -= (unbiasFirst * m) / (Math.sqrt(v * unbiasSecond) + EPSILON);
      }
    }
    onProgress?.({ stage: "train", done: epoch + 1, total: last });
  }
  return mean;
}
