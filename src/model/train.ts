import type { OnProgress } from "../core/progress.ts";
import { seededRandom } from "../numeric/random.ts";
import { linearAdapter } from "./adapter.ts";
import { hessianDiagonal } from "./curvature.ts";
import type { Examples } from "./example-chunk.ts";
import { type Minimum, minimise } from "./lbfgs.ts";
import { type HeadObjective, openObjective } from "./objective.ts";
import { evaluateHead } from "./quality.ts";
import type { HeadParameters } from "./softmax.ts";
import { checkData, type TrainingData } from "./training-data.ts";
import type { LinearAdapter, TrainingReport } from "./types.ts";

/** λ from strong to weak, each model the start of the next one. Weaker ones took most of the time for no accuracy. */
export const RIDGES: readonly number[] = [1e-2, 1e-3, 1e-4, 1e-5];
export const VALIDATION_SHARE = 0.1;
/** How far above its minimum an objective may be, about, to compare λ and to keep a model. */
const SEARCH_TOLERANCE = 1e-3;
const FINAL_TOLERANCE = 1e-6;
const MAX_ITERATIONS = 500;

export interface TrainingOptions {
  /** Unsigned 32-bit: which rows are set aside for validation. */
  readonly seed: number;
  /** λ, where it is not to be searched for. */
  readonly ridge?: number | undefined;
  readonly onProgress?: OnProgress;
}

/** Share of the validation rows that have the most frequent label of the training rows. */
export function majorityAccuracy(
  labels: Uint32Array,
  training: Uint32Array,
  validation: Uint32Array,
  classes: number,
): number {
  const counts = new Uint32Array(classes);
  for (const i of training) counts[labels[i]!]!++;
  const most = counts.indexOf(Math.max(...counts));
  return validation.filter((i) => labels[i] === most).length / validation.length;
}

function minimiseFrom(
  { objective, examples }: Fit,
  ridge: number,
  start: HeadParameters,
  tolerance: number,
  onIteration?: (decrement: number) => void,
): Minimum {
  return minimise((x, gradient) => objective.evaluate(ridge, x, gradient), start, {
    tolerance,
    maxIterations: MAX_ITERATIONS,
    diagonal: hessianDiagonal(examples, ridge, start),
    onIteration: (_, decrement) => onIteration?.(decrement),
  });
}

/** Examples with their objective, while its threads live. */
interface Fit {
  readonly examples: Examples;
  readonly objective: HeadObjective;
}

function withObjective<T>(examples: Examples, run: (fit: Fit) => T, helpers?: number): T {
  const objective = openObjective(examples, helpers);
  try {
    return run({ examples, objective });
  } finally {
    objective.close();
  }
}

/** Fits the head to the examples, from `start`, at one λ; `helpers` as openObjective takes them. */
export function fitHead(
  examples: Examples,
  ridge: number,
  start: HeadParameters,
  {
    tolerance = FINAL_TOLERANCE,
    helpers,
    onIteration,
  }: {
    readonly tolerance?: number | undefined;
    readonly helpers?: number | undefined;
    readonly onIteration?: (decrement: number) => void;
  } = {},
): Minimum {
  return withObjective(examples, (fit) => minimiseFrom(fit, ridge, start, tolerance, onIteration), helpers);
}

/** Share of the way from the first decrement to the tolerance, in decades: the decrement falls about evenly on that scale. */
function approach(tolerance: number): (decrement: number) => number {
  let first: number | undefined;
  let furthest = 0;
  return (decrement) => {
    first ??= decrement;
    const share = Math.log(first / decrement) / Math.log(first / tolerance);
    furthest = Math.max(furthest, Math.min(1, share || 0));
    return furthest;
  };
}

interface Search {
  readonly ridge: number;
  readonly head: HeadParameters;
  readonly tried: TrainingReport["tried"];
}

/** Tries each λ on the rows that are not set aside; keeps the most accurate, of equals the one of lower loss. */
function searchRidge(
  training: Examples,
  validation: Examples,
  ridges: readonly number[],
  report: (ridge: number, done: number) => void,
): Search {
  const tried: { ridge: number; loss: number; accuracy: number }[] = [];
  let head: HeadParameters = new Float64Array((training.activations.width + 1) * training.classes);
  let best = { ridge: 0, head, loss: 0, accuracy: -1 };
  withObjective(training, (fit) => {
    for (const [at, ridge] of ridges.entries()) {
      const progress = approach(SEARCH_TOLERANCE);
      head = minimiseFrom(fit, ridge, head, SEARCH_TOLERANCE, (g) => report(ridge, at + progress(g))).x;
      const { loss, accuracy } = evaluateHead(validation, head);
      tried.push({ ridge, loss, accuracy });
      const equal = accuracy === best.accuracy && loss < best.loss;
      if (accuracy > best.accuracy || equal) best = { ridge, head, loss, accuracy };
    }
  });
  return { ridge: best.ridge, head: best.head, tried };
}

/**
 * Trains a softmax head on all rows. λ is chosen on a tenth of them, set aside by the seed; the accuracy that is
 * reported is that of the model that has not seen them.
 *
 * @throws TRB_MODEL_TRAINING_DATA
 */
export function trainAdapter(data: TrainingData, options: TrainingOptions): LinearAdapter {
  checkData(data);
  const { activations, labels } = data;
  const order = seededRandom(options.seed).permutation(activations.rows);
  const aside = Math.ceil(activations.rows * VALIDATION_SHARE);
  const examples = (rows: Uint32Array): Examples => ({
    activations,
    labels,
    classes: data.names.length,
    rows,
  });
  const validation = examples(order.slice(0, aside).sort());
  const training = examples(order.slice(aside).sort());

  const ridges = options.ridge === undefined ? RIDGES : [options.ridge];
  const { ridge, head, tried } = searchRidge(training, validation, ridges, (value, done) =>
    options.onProgress?.({ stage: `try λ = ${value}`, done, total: ridges.length }),
  );
  const progress = approach(FINAL_TOLERANCE);
  const final = fitHead(examples(order.slice().sort()), ridge, head, {
    onIteration: (decrement) =>
      options.onProgress?.({ stage: "train on all rows", done: progress(decrement), total: 1 }),
  });
  options.onProgress?.({ stage: "train on all rows", done: 1, total: 1 });

  const report: TrainingReport = {
    rows: activations.rows,
    ridge,
    tried,
    validationRows: aside,
    validationAccuracy: tried.find((one) => one.ridge === ridge)!.accuracy,
    majorityAccuracy: majorityAccuracy(labels, training.rows, validation.rows, data.names.length),
    iterations: final.iterations,
    decrement: final.decrement,
    seed: options.seed,
  };
  return linearAdapter(data, final.x, report);
}
