import type { OnProgress } from "../../core/progress.ts";
import type { DataNet, HeldOutRow } from "../../datanet/types.ts";
import { trainAdapter } from "../../model/train.ts";
import type { Adapter, Base } from "../../model/types.ts";
import { baseFor } from "../train.ts";
import { evaluationData } from "./data.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import type { Evaluation } from "./results.ts";
import { evaluateModel } from "./run.ts";
import type { EvaluationOptions } from "./types.ts";

/** A model that is there, or how to train one. */
export type EvaluatedModel =
  | { readonly base: Base; readonly adapter: Adapter }
  | { readonly ridge?: number | undefined };

export interface RowsToEvaluate {
  readonly datanet: DataNet;
  readonly heldOut: readonly HeldOutRow[];
}

/**
 * Evaluates the attribution of a model on a DataNet: encodes the rows, trains the model where none is given, and runs
 * the parts.
 *
 * @throws TRB_PIPELINE_NOTHING_HELD_OUT, TRB_MODEL_*
 */
export async function evaluateRows(
  rows: RowsToEvaluate,
  model: EvaluatedModel,
  options: EvaluationOptions,
  store: OutcomeStore,
  onProgress: OnProgress,
): Promise<Evaluation> {
  const begun = performance.now();
  const base = "base" in model ? model.base : baseFor(rows.datanet, undefined);
  const data = await evaluationData(rows, base, options, onProgress);
  const adapter =
    "adapter" in model
      ? model.adapter
      : trainAdapter(data.training, { seed: options.seed, ridge: model.ridge, onProgress });
  const prepare = (performance.now() - begun) / 1000;
  const evaluation = await evaluateModel({ data, adapter, options, store }, onProgress);
  return { ...evaluation, seconds: { prepare, ...evaluation.seconds } };
}
