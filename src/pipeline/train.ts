import { join } from "node:path";
import { z } from "zod";
import type { OnProgress } from "../core/progress.ts";
import type { DataNet, Features, HeldOutRow } from "../datanet/types.ts";
import { loadAdapter, saveAdapter } from "../model/adapter.ts";
import { loadBase, makeBase, saveBase } from "../model/base.ts";
import { DEFAULT_HASHING, fitScaling, numericBase, textBase } from "../model/built-in.ts";
import { evaluateAdapter } from "../model/evaluate.ts";
import { familyOf } from "../model/family.ts";
import { openBase } from "../model/session.ts";
import type { Activations, Adapter, Base, OpenBase, Port } from "../model/types.ts";
import { readJson, writeFolder, writeJson } from "./files.ts";
import { fitModels, type ModelOptions } from "./fit-models.ts";
import { listNames, pickNumber, type Workspace } from "./workspace.ts";

/** A user's own ONNX graph with the ports to use. */
export interface OnnxBase {
  readonly graph: Uint8Array;
  readonly input: Port;
  readonly output: Port;
}

export interface TrainOptions extends ModelOptions {
  /** Instead of the built-in base. */
  readonly onnx?: OnnxBase | undefined;
}

const evaluationSchema = z.strictObject({
  /** Rows that accuracy was measured on: those held out, or where there are none the validation rows. */
  rows: z.int(),
  heldOut: z.boolean(),
  accuracy: z.number(),
  /** Accuracy of always answering the most frequent label of the training rows. */
  majorityBaseline: z.number(),
  trainMs: z.number(),
});

/** How good a model is on rows that it was not trained on. */
export type Evaluation = z.output<typeof evaluationSchema>;

/** A trained model of the workspace. */
export interface TrainedModel {
  /** Its number here, from 1. */
  readonly number: number;
  readonly base: Base;
  /** The one that answers. */
  readonly adapter: Adapter;
  /** Further members of an ensemble. */
  readonly others: readonly Adapter[];
  readonly evaluation: Evaluation;
}

export const featuresOf = (rows: readonly { readonly features: Features }[]): Features[] =>
  rows.map(({ features }) => features);

export const labelsOf = (rows: readonly { readonly label: number }[]): Uint32Array =>
  Uint32Array.from(rows, ({ label }) => label);

/** A user's graph where one is given; otherwise the built-in base of the DataNet's kind. */
export function baseFor(datanet: DataNet, onnx: OnnxBase | undefined): Base {
  if (onnx !== undefined) {
    const { width } = onnx.input;
    const preprocessing =
      datanet.kind === "text"
        ? ({ kind: "text", hashing: { ...DEFAULT_HASHING, width } } as const)
        : ({ kind: "numeric", width } as const);
    return makeBase({ preprocessing, ...onnx });
  }
  if (datanet.kind === "text") return textBase();
  return numericBase(fitScaling(datanet.rows.map(({ features }) => features as Float64Array)));
}

function majorityOf(datanet: DataNet, heldOut: readonly HeldOutRow[]): number {
  const counts = new Uint32Array(datanet.labels.length);
  for (const { label } of datanet.rows) counts[label]!++;
  const most = counts.indexOf(Math.max(...counts));
  return heldOut.filter(({ label }) => label === most).length / heldOut.length;
}

/** The vectors that adapters of a kind read: h, or the base's own input. */
export const activationsOf = async (
  opened: OpenBase,
  kind: Adapter["kind"],
  rows: readonly Features[],
  onProgress?: OnProgress,
): Promise<Activations> =>
  familyOf(kind, opened.base).reads === "input" ? opened.inputs(rows) : opened.encode(rows, onProgress);

async function evaluate(
  opened: OpenBase,
  adapter: Adapter,
  datanet: DataNet,
  heldOut: readonly HeldOutRow[],
): Promise<Omit<Evaluation, "trainMs">> {
  const { validationRows, validationAccuracy, majorityAccuracy } = adapter.report;
  if (heldOut.length === 0) {
    return {
      rows: validationRows,
      heldOut: false,
      accuracy: validationAccuracy,
      majorityBaseline: majorityAccuracy,
    };
  }
  const activations = await activationsOf(opened, adapter.kind, featuresOf(heldOut));
  const rows = { activations, labels: labelsOf(heldOut) };
  const { accuracy } = evaluateAdapter(adapter, rows, opened.base);
  return { rows: heldOut.length, heldOut: true, accuracy, majorityBaseline: majorityOf(datanet, heldOut) };
}

const folderOf = (workspace: Workspace, number: number): string => join(workspace.models, String(number));

/** What a member of an ensemble besides the first is kept under, in its model's folder. */
const memberFolder = (folder: string, m: number): string => join(folder, "members", String(m + 1));

/**
 * Trains an adapter on all rows of the DataNet, with the further members of an ensemble, and keeps them under the next number.
 *
 * @throws TRB_MODEL_*, TRB_PIPELINE_CONVEX_MEMBERS
 */
export async function trainModel(
  workspace: Workspace,
  { datanet, heldOut }: { readonly datanet: DataNet; readonly heldOut: readonly HeldOutRow[] },
  { onnx, ...options }: TrainOptions,
  onProgress: OnProgress,
): Promise<TrainedModel> {
  const begun = performance.now();
  const opened = await openBase(baseFor(datanet, onnx));
  try {
    const { kind } = options.adapter;
    const activations = await activationsOf(opened, kind, featuresOf(datanet.rows), onProgress);
    const data = {
      activations,
      labels: labelsOf(datanet.rows),
      names: datanet.labels,
      base: opened.base.digest,
      datanet: { root: datanet.root, version: datanet.version },
    };
    const [adapter, ...others] = fitModels(opened.base, data, options, onProgress);
    const measured = await evaluate(opened, adapter, datanet, heldOut);
    const evaluation = { ...measured, trainMs: performance.now() - begun };
    const number = Number(listNames(workspace.models, /^[1-9][0-9]*$/).at(-1) ?? 0) + 1;
    await writeFolder(folderOf(workspace, number), (draft) => {
      saveBase(join(draft, "base"), opened.base);
      saveAdapter(join(draft, "adapter"), adapter);
      for (const [m, other] of others.entries()) saveAdapter(memberFolder(draft, m), other);
      writeJson(join(draft, "evaluation.json"), evaluation);
    });
    return { number, base: opened.base, adapter, others, evaluation };
  } finally {
    await opened.close();
  }
}

/** @param asked its number; the newest where undefined. @throws TRB_PIPELINE_MISSING, TRB_MODEL_FILE_* */
export function loadModel(workspace: Workspace, asked?: number): TrainedModel {
  const number = pickNumber(workspace.models, asked, "model", "tributary train");
  const folder = folderOf(workspace, number);
  const members = listNames(join(folder, "members"), /^[1-9][0-9]*$/);
  return {
    number,
    base: loadBase(join(folder, "base")),
    adapter: loadAdapter(join(folder, "adapter")),
    others: members.map((_, m) => loadAdapter(memberFolder(folder, m))),
    evaluation: readJson(join(folder, "evaluation.json"), evaluationSchema),
  };
}
