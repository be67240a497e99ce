import type { OnProgress } from "../core/progress.ts";
import type { DataNet, HeldOutRow } from "../datanet/types.ts";
import { withSearched } from "../operations/ridge-search/record.ts";
import { searchRidge } from "../operations/ridge-search/search.ts";
import { ensembleOf, fitModels } from "../operations/training/fit-models.ts";
import { baseFor } from "../operations/training/make-base.ts";
import { memberSource } from "../operations/training/member-sources.ts";
import type { TrainedModel, TrainOptions } from "../operations/training/train.ts";
import { TIERS } from "../params/tiers.ts";
import { evaluationData } from "./data.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import type { Evaluation } from "./results.ts";
import { evaluateModel } from "./run.ts";
import type { EvaluationOptions } from "./types.ts";

/** A model that is there, or how to train one. */
export type EvaluatedModel = Pick<TrainedModel, "base" | "adapter" | "others"> | Omit<TrainOptions, "seed">;

export interface RowsToEvaluate {
  readonly datanet: DataNet;
  readonly heldOut: readonly HeldOutRow[];
}

/**
 * Evaluates the attribution of a model on a DataNet: encodes the rows, trains the model where none is given, and runs
 * the parts.
 *
 * @throws TRB_EVALUATION_NOTHING_HELD_OUT, TRB_TRAINING_CONVEX_MEMBERS, TRB_EVALUATION_NOT_CONVEX, TRB_MODEL_*
 */
export async function evaluateRows(
  rows: RowsToEvaluate,
  model: EvaluatedModel,
  options: EvaluationOptions,
  store: OutcomeStore,
  onProgress: OnProgress,
): Promise<Evaluation> {
  const begun = performance.now();
  const { seed, members, membersFrom, search } = options;
  const trained = "base" in model;
  const base = trained ? model.base : await baseFor(rows.datanet, model.onnx, onProgress);
  const data = await evaluationData(rows, base, model.adapter.kind, options, onProgress);
  const models = trained
    ? ensembleOf(
        base,
        data.training,
        [model.adapter, ...(memberSource(model.others) === membersFrom ? model.others : [])],
        { members, from: membersFrom },
        onProgress,
      )
    : fitModels(
        base,
        data.training,
        { ...model, adapter: { ...model.adapter, members, membersFrom }, seed },
        onProgress,
      );
  const method =
    search === undefined
      ? options.method
      : withSearched(
          options.method,
          await searchRidge(
            {
              base,
              models,
              data: data.training,
              owners: data.owners,
              assigned: data.assigned,
              width: TIERS[options.tier].width,
              method: options.method,
            },
            search,
            { store, workers: options.workers },
            onProgress,
          ),
        );
  const prepare = (performance.now() - begun) / 1000;
  const evaluation = await evaluateModel(
    { data, models, options: { ...options, method }, store },
    onProgress,
  );
  return { ...evaluation, seconds: { prepare, ...evaluation.seconds } };
}
