import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { seededRandom } from "../core/random.ts";
import type { Hex } from "../core/statement.ts";
import { linearAdapter } from "./adapter.ts";
import { type Minimum, minimise } from "./lbfgs.ts";
import { type Examples, evaluateHead, type HeadParameters, objective } from "./softmax.ts";
import type { Activations, LinearAdapter, TrainingReport } from "./types.ts";

/** λ from strong to weak, each model the start of the next one. */
export const RIDGES: readonly number[] = [1e-2, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6];
/** The search ends when this many λ in a row were no better than the best before them. */
const PATIENCE = 2;
const VALIDATION_SHARE = 0.1;
/** How far above its minimum an objective may be, about, to compare λ and to keep a model. */
const SEARCH_TOLERANCE = 1e-4;
const FINAL_TOLERANCE = 1e-6;
const MAX_ITERATIONS = 500;

export interface TrainingData {
  /** h of every training row. */
  readonly activations: Activations;
  /** Index into `names`, one for each row. */
  readonly labels: Uint32Array;
  readonly names: readonly string[];
  readonly base: Hex;
  readonly datanet: { readonly root: Hex; readonly version: number };
}

export interface TrainingOptions {
  /** Unsigned 32-bit: which rows are set aside for validation. */
  readonly seed: number;
  /** λ, where it is not to be searched for. */
  readonly ridge?: number;
  readonly onProgress?: OnProgress;
}

function checkData({ activations, labels, names }: TrainingData): void {
  const refuse = (message: string, details: string): TributaryError =>
    new TributaryError("TRB_MODEL_TRAINING_DATA", message, {
      details,
      hint: "Import a DataNet with at least ten rows and two labels that are in use.",
    });
  if (labels.length !== activations.rows)
    throw refuse("Each row needs one label.", `${labels.length} labels`);
  if (activations.rows < 10) throw refuse("There are too few rows to train on.", `${activations.rows} rows`);
  const used = new Set(labels);
  if (used.size < 2)
    throw refuse("All rows have one label: there is nothing to learn.", `${used.size} labels`);
  const beyond = labels.find((label) => label >= names.length);
  if (beyond !== undefined) throw refuse("A row has an unknown label.", `label ${beyond} of ${names.length}`);
}

/** Share of the rows that have the most frequent label of the training rows. */
function majorityAccuracy(training: Examples, validation: Examples): number {
  const counts = new Uint32Array(training.classes);
  for (const i of training.rows) counts[training.labels[i]!]!++;
  const most = counts.indexOf(Math.max(...counts));
  return validation.rows.filter((i) => validation.labels[i] === most).length / validation.rows.length;
}

/** A typical p(1 − p) of a trained head is this share of 1/classes: measured to need the fewest steps. */
const CERTAINTY = 0.2;

/** About the Hessian's diagonal: E[h_j²]·p(1 − p) + λ, one value for all classes of a feature. */
function curvature({ activations: h, classes, rows }: Examples, ridge: number): Float64Array {
  const squares = new Float64Array(h.width + 1);
  for (const i of rows) {
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) squares[h.columns[e]!]! += h.values[e]! ** 2;
  }
  squares[h.width] = rows.length;
  const diagonal = new Float64Array(squares.length * classes);
  for (let j = 0; j < squares.length; j++) {
    const value = (CERTAINTY * squares[j]!) / (rows.length * classes) + ridge;
    diagonal.fill(value, j * classes, (j + 1) * classes);
  }
  return diagonal;
}

/** Fits the head to the examples, from `start`, at one λ. */
export function fitHead(
  examples: Examples,
  ridge: number,
  start: HeadParameters,
  tolerance = FINAL_TOLERANCE,
  onIteration?: (iteration: number, decrement: number) => void,
): Minimum {
  return minimise((x, gradient) => objective(examples, ridge, x, gradient), start, {
    tolerance,
    maxIterations: MAX_ITERATIONS,
    diagonal: curvature(examples, ridge),
    ...(onIteration === undefined ? {} : { onIteration }),
  });
}

/** Counts decades of the decrement, which falls about linearly on this scale: an honest measure of progress. */
function decades(tolerance: number): (decrement: number) => number {
  return (decrement) => Math.min(1, Math.max(0, Math.log10(decrement) / Math.log10(tolerance)));
}

interface Search {
  readonly ridge: number;
  readonly head: HeadParameters;
  readonly tried: TrainingReport["tried"];
}

/** Tries each λ on the rows that are not set aside; keeps the most accurate, the stronger of equals. */
function searchRidge(
  training: Examples,
  validation: Examples,
  ridges: readonly number[],
  report: (ridge: number, done: number) => void,
): Search {
  const progress = decades(SEARCH_TOLERANCE);
  const tried: { ridge: number; loss: number; accuracy: number }[] = [];
  let head: HeadParameters = new Float64Array((training.activations.width + 1) * training.classes);
  let best = { ridge: 0, head, accuracy: -1, at: 0 };
  for (const [at, ridge] of ridges.entries()) {
    head = fitHead(training, ridge, head, SEARCH_TOLERANCE, (_, g) => report(ridge, at + progress(g))).x;
    const { loss, accuracy } = evaluateHead(validation, head);
    tried.push({ ridge, loss, accuracy });
    if (accuracy > best.accuracy) best = { ridge, head, accuracy, at };
    else if (at - best.at >= PATIENCE) break;
  }
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
  const total = ridges.length + 1;
  const progress = decades(FINAL_TOLERANCE);
  const { ridge, head, tried } = searchRidge(training, validation, ridges, (value, done) =>
    options.onProgress?.({ stage: `train, λ = ${value}`, done, total }),
  );
  const everything = examples(order.slice().sort());
  const final = fitHead(everything, ridge, head, FINAL_TOLERANCE, (_, g) =>
    options.onProgress?.({ stage: "train on all rows", done: total - 1 + progress(g), total }),
  );
  options.onProgress?.({ stage: "train on all rows", done: total, total });

  const report: TrainingReport = {
    rows: activations.rows,
    ridge,
    tried,
    validationRows: aside,
    validationAccuracy: tried.find((one) => one.ridge === ridge)!.accuracy,
    majorityAccuracy: majorityAccuracy(training, validation),
    iterations: final.iterations,
    decrement: final.decrement,
    seed: options.seed,
  };
  return linearAdapter(data, final.x, report);
}
