import type { RidgeSearchRecord } from "../../attribution/types.ts";
import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import { HALF_TOLERANCE, retrainHalves, type Unit } from "../../evaluation/halves.ts";
import { ldsOfQueries, type Outcomes } from "../../evaluation/lds.ts";
import { isConvex } from "../../evaluation/learner.ts";
import { type OutcomeStore, trainingCode } from "../../evaluation/outcome-store.ts";
import { products } from "../../evaluation/products.ts";
import { openRetrainer } from "../../evaluation/retrain.ts";
import { drawSome, STREAM, streamSeed } from "../../evaluation/subsets.ts";
import { pickRows } from "../../model/activations.ts";
import { familyOf } from "../../model/family.ts";
import type { FitOptions } from "../../model/model-family.ts";
import type { TrainingData } from "../../model/training-data.ts";
import type { Base } from "../../model/types.ts";
import { mean } from "../../numeric/statistics.ts";
import { sketchRows } from "../../sketch/apply.ts";
import { attributeRows } from "../attribution/attribute.ts";
import { fitMethod } from "../attribution/fit.ts";
import { gradientsOf, type LabelledRows, likeliest, logProbabilitiesOf } from "../attribution/gradients.ts";
import { type MethodOptions, RIDGE_FACTOR } from "../attribution/options.ts";
import { ensembleOf, type Models } from "../training/fit-models.ts";
import { memberSource } from "../training/member-sources.ts";
import type { SearchOptions } from "./options.ts";

/** λ is tried at these multiples of what it would be without a search. */
export const RIDGE_GRID: readonly number[] = [0.1, 0.3, 1, 3, 10];
/** Rows are set aside up to this part of all. */
const MOST_ASIDE = 0.2;
const FEWEST_ASIDE = 10;

export interface SearchInput {
  readonly base: Base;
  /** Trained on all rows. */
  readonly models: Models;
  readonly data: TrainingData;
  /** The position of each row. */
  readonly owners: Uint32Array;
  /** Positions that are taken. */
  readonly assigned: number;
  /** k. */
  readonly width: number;
  readonly method: MethodOptions;
}

export interface SearchTools {
  /** Outcomes of retrained models: a search that was stopped goes on. */
  readonly store: OutcomeStore;
  readonly workers: number;
}

const chosenRows = (data: TrainingData, at: Uint32Array): TrainingData => ({
  ...data,
  activations: pickRows(data.activations, at),
  labels: at.map((i) => data.labels[i]!),
});

/** What is searched on: models like the index's own that have not seen the rows set aside. */
function trainAside(
  { base, models, data, owners }: SearchInput,
  { seed, queries }: SearchOptions,
  onProgress: OnProgress,
) {
  const count = owners.length;
  const aside = Math.min(queries, Math.floor(count * MOST_ASIDE));
  if (aside < FEWEST_ASIDE) {
    throw new TributaryError("TRB_INDEX_SEARCH_ROWS", "There are too few rows to search for λ on.", {
      details: `${count} rows, of which a fifth at most are set aside: ${aside} of at least ${FEWEST_ASIDE}`,
      hint: "Give --ridge a number, or leave it out.",
    });
  }
  const asked = drawSome(count, aside, streamSeed(seed, STREAM.search));
  const taken = new Set(asked);
  const rest = Uint32Array.from(owners.keys()).filter((i) => !taken.has(i));
  const training = chosenRows(data, rest);
  const [served, ...others] = models;
  const { kind, report } = served;
  const shape: Partial<FitOptions> = isConvex(kind) ? { start: served } : { like: served };
  const proxy = familyOf(kind, base).fit(training, { seed: report.seed, ridge: report.ridge, ...shape });
  const ensemble = { members: models.length, from: memberSource(others) };
  return {
    training,
    owners: rest.map((i) => owners[i]!),
    requests: chosenRows(data, asked).activations,
    models: ensembleOf(base, training, [proxy], ensemble, onProgress),
  };
}

/**
 * Tries λ of the metric: sets rows aside as requests, trains the model on the others and on random halves of them, and asks for
 * each λ how well the scores predict what the halves do (LDS; Park et al., 2023). Rows that were held out of the DataNet, which an
 * evaluation asks, are never seen. All in float64 on one machine-independent path, so that an audit finds the same numbers.
 *
 * Weights of near-duplicates are left out: they are no part of what retraining does.
 *
 * @throws TRB_INDEX_SEARCH_ROWS
 */
export async function searchRidge(
  input: SearchInput,
  options: SearchOptions,
  { store, workers }: SearchTools,
  onProgress: OnProgress,
): Promise<RidgeSearchRecord> {
  const { base, assigned, width, method } = input;
  const { seed, halves } = options;
  const { kind, report } = input.models[0];
  const { training, owners, requests, models } = trainAside(input, options, onProgress);
  const { activations, labels } = training;
  const labelled: LabelledRows = { adapters: models, base, activations, labels };
  const asked: LabelledRows = { ...labelled, activations: requests, labels: new Uint32Array(requests.rows) };
  const served = likeliest(logProbabilitiesOf(asked, 0), requests.rows);

  const spec = { kind, ridge: report.ridge, tolerance: HALF_TOLERANCE };
  const task = { spec, data: training, model: models[0], base, queries: requests };
  const retrainer = openRetrainer(task, { store, workers, code: trainingCode() });
  const outcomesOf = (unit: Unit): Promise<Outcomes> =>
    retrainHalves(
      { unit, owners, assigned, seed: streamSeed(seed, STREAM.search, 1), subsets: halves, repeats: 1 },
      retrainer.run,
      async () => ({ labels: served, classes: training.names.length }),
      onProgress,
    );
  try {
    const byRows = await outcomesOf("rows");
    const byContributors = await outcomesOf("contributors");
    const gradients = gradientsOf(asked, served);
    const ridges = options.ridges ?? RIDGE_GRID.map((factor) => factor * report.ridge * RIDGE_FACTOR[kind]);
    const tried = ridges.map((ridge, at) => {
      const about: OnProgress = ({ stage, done, total }) =>
        onProgress({
          stage: `try λ = ${ridge.toPrecision(3)}: ${stage}`,
          done: at + done / total,
          total: ridges.length,
        });
      const fitted = fitMethod(labelled, owners, width, { ...method, ridge }, about);
      const { phi, sums } = attributeRows(labelled, owners, assigned, fitted, about);
      const queries = sketchRows(gradients, fitted.sketch);
      return {
        ridge,
        rows: mean(ldsOfQueries(products(queries, phi, width), byRows)),
        contributors: mean(ldsOfQueries(products(queries, sums, width), byContributors)),
      };
    });
    return { seed, queries: requests.rows, halves, tried };
  } finally {
    await retrainer.close();
  }
}
