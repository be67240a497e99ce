import { availableParallelism } from "node:os";
import type { OnProgress } from "../core/progress.ts";
import { evaluateAdapter } from "../model/evaluate.ts";
import type { Models } from "../operations/training/fit-models.ts";
import { TIERS } from "../params/tiers.ts";
import { type ContributorChanges, retrainWithout } from "./contributors/left-out.ts";
import { HALF_TOLERANCE, retrainHalves, type Unit } from "./halves.ts";
import type { Outcomes } from "./lds.ts";
import type { LearnerSpec, RetrainJob } from "./learner.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import { openRetrainer, type Retrainer } from "./retrain.ts";
import { type Scoring, scoreQueries } from "./scoring.ts";
import type { EvaluationData, EvaluationOptions } from "./types.ts";

/**
 * One row of thousands moves the minimum by about 1e-6 of the objective, so the models that are compared must be much nearer
 * to theirs: this leaves a thousandth of the difference. A contributor moves it more, but many an answer by little: at 1e-10 a change
 * of 0.001 was off by one part in a hundred.
 */
const LEFT_OUT_TOLERANCE = 1e-12;

export const defaultWorkers = (): number => availableParallelism();

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
  /** What retraining without each contributor does; made once. */
  withoutContributors(): Promise<ContributorChanges>;
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
  const served = async () => ({ labels: (await scoring(width)).served, classes });
  const halves = once(async (unit: Unit): Promise<Outcomes> => {
    const drawn = { unit, owners, assigned, seed, subsets, repeats };
    return retrainHalves(drawn, retrainerAt(HALF_TOLERANCE).run, served, onProgress);
  });
  const withoutContributors = once(async (): Promise<ContributorChanges> => {
    const most = options.leftOutContributors;
    return retrainWithout(
      { kind: adapter.kind, owners, assigned, seed, repeats, most },
      (jobs) => retrainerAt(LEFT_OUT_TOLERANCE).run(jobs, "retrain without one contributor", onProgress),
      served,
    );
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
    withoutContributors: () => withoutContributors("all"),
    leftOut: (jobs, stage) => retrainerAt(LEFT_OUT_TOLERANCE).run(jobs, stage, onProgress),
    close: async () => {
      for (const retrainer of retrainers.values()) await retrainer.close();
    },
  };
}
