import { availableParallelism } from "node:os";
import type { OnProgress } from "../../core/progress.ts";
import { evaluateAdapter } from "../../model/evaluate.ts";
import { TIERS } from "../../params/tiers.ts";
import type { Models } from "../fit-models.ts";
import type { Outcomes } from "./lds.ts";
import type { LearnerSpec, RetrainJob } from "./learner.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import { openRetrainer, type Retrainer } from "./retrain.ts";
import { type Scoring, scoreQueries } from "./scoring.ts";
import { randomHalves, rowsOf, STREAM, streamSeed } from "./subsets.ts";
import type { EvaluationData, EvaluationOptions } from "./types.ts";

/**
 * How far above its minimum a retrained convex model may be, about. At 1e-5 a log-likelihood of banking77 was off by 0.04 at
 * most, where a half of the rows changes it by 0.34 in the mean (3,000 rows, λ = 1e-4).
 */
const HALF_TOLERANCE = 1e-6;
/**
 * One row of thousands moves the minimum by about 1e-6 of the objective, so the models that are compared must be much nearer
 * to theirs: this leaves a thousandth of the difference.
 */
const LEFT_OUT_TOLERANCE = 1e-12;

export const defaultWorkers = (): number => availableParallelism();

/** What subsets are drawn from: single rows, or contributors with all of theirs, which is what is paid. */
export type Unit = "rows" | "contributors";

/** What the parts of one evaluation share: the model, its scores at a width, and the outcomes of retraining. */
export interface Setup {
  readonly data: EvaluationData;
  readonly models: Models;
  readonly options: EvaluationOptions;
  /** k of the tier. */
  readonly width: number;
  /** Accuracy on all held-out rows. */
  readonly accuracy: number;
  readonly onProgress: OnProgress;
  /** Scores at a width; made once. */
  scoring(width: number): Promise<Scoring>;
  /** Random halves and what the models trained on them do; made once. */
  halves(unit: Unit): Promise<Outcomes>;
  /** Outcomes of other subsets of the rows, trained to the precision that one row's absence needs. */
  leftOut(jobs: readonly RetrainJob[], stage: string): Promise<Float64Array[]>;
  close(): Promise<void>;
}

export interface SetupInput {
  readonly data: EvaluationData;
  readonly models: Models;
  readonly options: EvaluationOptions;
  readonly store: OutcomeStore;
  /** Digest of the training code. */
  readonly code: string;
}

/** The same query in every outcome: the log-likelihood of the label that the full model served, mean over the repeats. */
function ofServed(outcomes: readonly Float64Array[], served: Uint32Array, classes: number, repeats: number) {
  const values = new Float64Array((outcomes.length / repeats) * served.length);
  outcomes.forEach((outcome, at) => {
    const row = Math.floor(at / repeats) * served.length;
    served.forEach((label, q) => {
      values[row + q]! += outcome[q * classes + label]! / repeats;
    });
  });
  return values;
}

function once<Key, Value>(make: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const made = new Map<Key, Promise<Value>>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}

/** Opens an evaluation of a trained model. */
export function openSetup({ data, models, options, store, code }: SetupInput, onProgress: OnProgress): Setup {
  const { training, queries, owners, assigned } = data;
  const { seed, subsets, repeats, workers } = options;
  const classes = training.names.length;
  const [adapter] = models;
  const width = TIERS[options.tier].width;
  const task = (spec: LearnerSpec) => ({
    spec,
    data: training,
    model: adapter,
    base: data.base,
    queries: queries.activations,
  });
  const retrainers = new Map<number, Retrainer>();
  const retrainerAt = (tolerance: number): Retrainer => {
    const spec: LearnerSpec = { kind: adapter.kind, ridge: adapter.report.ridge, tolerance };
    const found = retrainers.get(tolerance) ?? openRetrainer(task(spec), { workers, store, code });
    retrainers.set(tolerance, found);
    return found;
  };

  const scoring = once((k: number) => scoreQueries(data, models, k, options.method, onProgress));
  const halves = once(async (unit: Unit): Promise<Outcomes> => {
    const count = unit === "rows" ? owners.length : assigned;
    const drawn = randomHalves(count, subsets, seed, STREAM[unit]);
    const jobs = drawn.flatMap((half, m) => {
      const rows = unit === "rows" ? half : rowsOf(half, owners);
      const from = repeats * m;
      return Array.from({ length: repeats }, (_, r) => ({
        rows,
        seed: streamSeed(seed, STREAM[unit], from + r),
      }));
    });
    const stage = `retrain on halves of the ${unit}`;
    const outcomes = await retrainerAt(HALF_TOLERANCE).run(jobs, stage, onProgress);
    const { served } = await scoring(width);
    const values = ofServed(outcomes, served, classes, repeats);
    return { subsets: drawn, queries: served.length, values };
  });
  return {
    data,
    models,
    options,
    width,
    accuracy: evaluateAdapter(adapter, data.heldOut, data.base).accuracy,
    onProgress,
    scoring,
    halves,
    leftOut: (jobs, stage) => retrainerAt(LEFT_OUT_TOLERANCE).run(jobs, stage, onProgress),
    close: async () => {
      for (const retrainer of retrainers.values()) await retrainer.close();
    },
  };
}
