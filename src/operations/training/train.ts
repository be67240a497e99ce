import { join } from "node:path";
import { z } from "zod";
import type { OnProgress } from "../../core/progress.ts";
import type { Features, HeldOutRow } from "../../datanet/types.ts";
import { readJson, writeFolder, writeJson } from "../../files/disk.ts";
import { loadAdapter, saveAdapter } from "../../model/adapter.ts";
import { loadBase, saveBase } from "../../model/base.ts";
import { countAnswers } from "../../model/evaluate.ts";
import { familyOf } from "../../model/family.ts";
import { openBase } from "../../model/session.ts";
import { SharedActivations } from "../../model/shared-activations.ts";
import type { Activations, Adapter, Base, OpenBase } from "../../model/types.ts";
import type { OnnxBase } from "../../model/user-base.ts";
import { listNames, pickNumber, type Workspace } from "../../workspace/workspace.ts";
import { openRows } from "../import.ts";
import { checkOnnx } from "./check-base.ts";
import { fitModels, type ModelOptions } from "./fit-models.ts";
import { baseOf, farColumns } from "./make-base.ts";
import { inParts, type TrainingRows, withTrainingRows } from "./training-rows.ts";

export interface TrainOptions extends ModelOptions {
  /** Instead of the built-in base. */
  readonly onnx?: OnnxBase | undefined;
}

const evaluationSchema = z.strictObject({
  /** Rows that accuracy was measured on: those held out, or where there are none the validation rows. */
  rows: z.int(),
  heldOut: z.boolean(),
  accuracy: z.number(),
  /** Of these rows' answers, those whose probability is 1 in float32: their traces say next to nothing (`isCertain`). */
  certain: z.int(),
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

/** A model that was just trained, with what its maker should know. */
export interface NewModel extends TrainedModel {
  /** Columns, from 0, that a user's graph sees rounded (`farColumns`). */
  readonly farColumns: readonly number[];
}

export const featuresOf = (rows: readonly { readonly features: Features }[]): Features[] =>
  rows.map(({ features }) => features);

export const labelsOf = (rows: readonly { readonly label: number }[]): Uint32Array =>
  Uint32Array.from(rows, ({ label }) => label);

/** The vectors that adapters of a kind read: h, or the base's own input. */
export const activationsOf = async (
  opened: OpenBase,
  kind: Adapter["kind"],
  rows: readonly Features[],
  onProgress?: OnProgress,
): Promise<Activations> =>
  familyOf(kind, opened.base).reads === "input" ? opened.inputs(rows) : opened.encode(rows, onProgress);

/** The same of rows that come part by part, in one piece that threads share. */
async function sharedActivations(
  opened: OpenBase,
  kind: Adapter["kind"],
  rows: TrainingRows,
  onProgress: OnProgress,
): Promise<Activations> {
  const { base } = opened;
  const { width } = familyOf(kind, base).reads === "input" ? base.input : base.output;
  const shared = new SharedActivations(rows.length, width);
  let done = 0;
  for (const part of rows.parts()) {
    shared.add(await activationsOf(opened, kind, part));
    done += part.length;
    onProgress({ stage: "encode rows", done, total: rows.length });
  }
  return shared.build();
}

/** Of two labels as frequent the first. */
function mostFrequent(labels: Uint32Array, classes: number): number {
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label]!++;
  return counts.indexOf(Math.max(...counts));
}

async function evaluate(
  opened: OpenBase,
  adapter: Adapter,
  majority: number,
  heldOut: Iterable<HeldOutRow>,
): Promise<Omit<Evaluation, "trainMs">> {
  let [rows, right, certain, majorityRight] = [0, 0, 0, 0];
  for (const part of inParts(heldOut)) {
    const labels = labelsOf(part);
    const activations = await activationsOf(opened, adapter.kind, featuresOf(part));
    rows += part.length;
    const counted = countAnswers(adapter, { activations, labels }, opened.base);
    right += counted.right;
    certain += counted.certain;
    majorityRight += labels.filter((label) => label === majority).length;
  }
  if (rows > 0)
    return { rows, heldOut: true, accuracy: right / rows, certain, majorityBaseline: majorityRight / rows };
  const { ridge, tried, validationRows, validationAccuracy, majorityAccuracy } = adapter.report;
  return {
    rows: validationRows,
    heldOut: false,
    accuracy: validationAccuracy,
    certain: tried.find((one) => one.ridge === ridge)!.certain,
    majorityBaseline: majorityAccuracy,
  };
}

/** Numbers of the models of a workspace, the newest last. */
export const modelNumbers = (workspace: Workspace): number[] =>
  listNames(workspace.models, /^[1-9][0-9]*$/).map(Number);

const folderOf = (workspace: Workspace, number: number): string => join(workspace.models, String(number));

/** What a member of an ensemble besides the first is kept under, in its model's folder. */
const memberFolder = (folder: string, m: number): string => join(folder, "members", String(m + 1));

/**
 * Trains an adapter on all rows of the workspace's DataNet, with the further members of an ensemble, and keeps them under the next
 * number.
 *
 * @throws TRB_MODEL_*, TRB_TRAINING_CONVEX_MEMBERS, TRB_WORKSPACE_MISSING
 */
export async function trainModel(
  workspace: Workspace,
  { onnx, ...options }: TrainOptions,
  onProgress: OnProgress,
): Promise<NewModel> {
  const begun = performance.now();
  const { kind } = options.adapter;
  const datanet = openRows(workspace);
  const { body } = datanet;
  if (onnx !== undefined) await checkOnnx(onnx, options.adapter);
  const { opened, data, far } = await withTrainingRows(workspace, datanet, onProgress, async (rows) => {
    const given = { ...rows, kind: body.kind };
    const far = onnx === undefined ? [] : farColumns(given);
    const base = await openBase(await baseOf(given, onnx, onProgress));
    try {
      const { root, number: version } = body.versions.at(-1)!;
      const data = {
        activations: await sharedActivations(base, kind, rows, onProgress),
        labels: rows.labels,
        names: body.labels,
        base: base.base.digest,
        datanet: { root, version },
      };
      return { opened: base, data, far };
    } catch (error) {
      await base.close();
      throw error;
    }
  });
  try {
    const [adapter, ...others] = fitModels(opened.base, data, options, onProgress);
    const majority = mostFrequent(data.labels, body.labels.length);
    const measured = await evaluate(opened, adapter, majority, datanet.heldOut());
    const evaluation = { ...measured, trainMs: performance.now() - begun };
    const number = (modelNumbers(workspace).at(-1) ?? 0) + 1;
    await writeFolder(folderOf(workspace, number), (draft) => {
      saveBase(join(draft, "base"), opened.base);
      saveAdapter(join(draft, "adapter"), adapter);
      for (const [m, other] of others.entries()) saveAdapter(memberFolder(draft, m), other);
      writeJson(join(draft, "evaluation.json"), evaluation);
    });
    return { number, base: opened.base, adapter, others, evaluation, farColumns: far };
  } finally {
    await opened.close();
  }
}

/** @param asked its number; the newest where undefined. @throws TRB_WORKSPACE_MISSING, TRB_MODEL_FILE_* */
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
