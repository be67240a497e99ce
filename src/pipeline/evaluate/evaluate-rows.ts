import type { OnProgress } from "../../core/progress.ts";
import type { DataNet, HeldOutRow } from "../../datanet/types.ts";
import { familyOf } from "../../model/family.ts";
import { trainAdapter } from "../../model/train.ts";
import { trainFamily } from "../../model/train-family.ts";
import type { Adapter, Base } from "../../model/types.ts";
import { baseFor } from "../train.ts";
import { evaluationData } from "./data.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import type { Evaluation } from "./results.ts";
import { evaluateModel } from "./run.ts";
import type { Models } from "./scoring.ts";
import { STREAM, streamSeed } from "./subsets.ts";
import type { EvaluationData, EvaluationOptions } from "./types.ts";

/** A model that is there, or how to train one. */
export type EvaluatedModel =
  | { readonly base: Base; readonly adapter: Adapter }
  | {
      readonly kind: "linear" | "mlp";
      readonly ridge?: number | undefined;
    };

export interface RowsToEvaluate {
  readonly datanet: DataNet;
  readonly heldOut: readonly HeldOutRow[];
}

function train(
  { training }: EvaluationData,
  { kind, ridge }: Extract<EvaluatedModel, { kind: string }>,
  seed: number,
  onProgress: OnProgress,
): Adapter {
  if (kind === "linear") return trainAdapter(training, { seed, ridge, onProgress });
  return trainFamily(familyOf(kind), training, { seed, ridge, onProgress });
}

/** The model with the further members of its ensemble: of the same shape, λ and rows, from seeds of their own. */
function ensemble(
  data: EvaluationData,
  served: Adapter,
  { members, seed }: EvaluationOptions,
  onProgress: OnProgress,
): Models {
  const family = familyOf(served.kind, data.base);
  const others = Array.from({ length: members - 1 }, (_, m) => {
    onProgress({ stage: "train the ensemble", done: m, total: members - 1 });
    const options = { seed: streamSeed(seed, STREAM.members, m), ridge: served.report.ridge, like: served };
    return family.fit(data.training, options);
  });
  return [served, ...others];
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
  const kind = "base" in model ? model.adapter.kind : model.kind;
  const data = await evaluationData(rows, base, kind, options, onProgress);
  const served = "base" in model ? model.adapter : train(data, model, options.seed, onProgress);
  const models = ensemble(data, served, options, onProgress);
  const prepare = (performance.now() - begun) / 1000;
  const evaluation = await evaluateModel({ data, models, options, store }, onProgress);
  return { ...evaluation, seconds: { prepare, ...evaluation.seconds } };
}
