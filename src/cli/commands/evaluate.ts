import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { type EvaluatedModel, evaluateRows, type RowsToEvaluate } from "../../evaluation/evaluate-rows.ts";
import { outcomeStore } from "../../evaluation/outcome-store.ts";
import type { Evaluation } from "../../evaluation/results.ts";
import { defaultWorkers } from "../../evaluation/setup.ts";
import { DEFAULT_PARTS, type EvaluationOptions, PART_NAMES, type PartName } from "../../evaluation/types.ts";
import { writeJson, writeWhole } from "../../files/disk.ts";
import { loadDataNet, readRows, tierOf } from "../../operations/import.ts";
import { type MemberSource, memberSource } from "../../operations/training/member-sources.ts";
import { loadModel } from "../../operations/training/train.ts";
import { gateLines } from "../../report/evaluation/gate-lines.ts";
import { renderEvaluations } from "../../report/evaluation/html.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { type AdapterFlags, adapterFrom, adapterOptions, positive } from "../adapter-options.ts";
import { addCommand, type Context } from "../command.ts";
import { addMethodChoices, type MethodFlags, methodFrom, searchFrom } from "../method-options.ts";
import { type OnnxFlags, onnxFrom, onnxOptions } from "../onnx-options.ts";
import { table } from "../output.ts";
import {
  columnsFrom,
  dialectFrom,
  heldOutFrom,
  type RowFlags,
  rowOptions,
  wholeNumber,
} from "../row-options.ts";
import { percent } from "./train.ts";

interface Options extends RowFlags, MethodFlags, AdapterFlags, OnnxFlags {
  readonly data?: string;
  readonly model?: number;
  readonly trainRidge?: number;
  readonly subsets: number;
  readonly repeats: number;
  readonly queries: number;
  readonly leftOut: number;
  readonly leftOutContributors?: number;
  readonly workers?: number;
  readonly parts: readonly PartName[];
  readonly out: string;
  readonly gate?: boolean;
}

/** Held out of a file that came without a test file. */
const DEFAULT_HOLD_OUT = 0.15;
/** Dealt to so many where the file does not say whose rows they are; fewer where the tier has fewer positions. */
const DEFAULT_CONTRIBUTORS = { mini: 16, small: 100, large: 100 } as const;

function partNames(text: string): readonly PartName[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !PART_NAMES.includes(name as PartName));
  if (unknown === undefined) return PART_NAMES.filter((name) => names.includes(name));
  throw new InvalidArgumentError(`some of ${PART_NAMES.join(",")}; not ${unknown}`);
}

interface Subject {
  readonly rows: RowsToEvaluate;
  readonly model: EvaluatedModel;
  readonly tier: RowFlags["tier"];
}

/** Whether the options say what is to be trained; how many members are to be scored by is asked of a trained model, too. */
const wantsTraining = ({ kind, hidden, rank, scale, targets, epochs, onnx, trainRidge }: Options): boolean =>
  [kind, hidden, rank, scale, targets, epochs, onnx, trainRidge].some((given) => given !== undefined);

/** The rows of the workspace with its model, or with one that is asked for. */
function ownSubject(dir: string, options: Options): Subject {
  const workspace = workspaceAt(dir);
  const rows = loadDataNet(workspace);
  const tier = tierOf(rows.datanet);
  if (!wantsTraining(options)) return { rows, model: loadModel(workspace, options.model), tier };
  if (options.model === undefined) return { rows, model: wantedModel(options), tier };
  throw new TributaryError("TRB_CLI_USAGE", "A model of the workspace is evaluated as it is.", {
    hint: "Give --model, or options that say what to train, not both.",
  });
}

const wantedModel = (options: Options): EvaluatedModel => ({
  adapter: adapterFrom(options),
  ridge: options.trainRidge,
  onnx: onnxFrom(options, options.kind),
});

const membersOf = (model: EvaluatedModel): number =>
  "base" in model ? 1 + model.others.length : (model.adapter.members ?? 1);

const sourceOf = (model: EvaluatedModel): MemberSource =>
  "base" in model ? memberSource(model.others) : "seeds";

/** Rows of a file, or of the workspace with its model. */
async function subject({ dir, onProgress }: Context, options: Options): Promise<Subject> {
  const { data, seed, tier, contributor } = options;
  if (data === undefined) return ownSubject(dir, options);
  if (options.model !== undefined) {
    throw new TributaryError(
      "TRB_CLI_USAGE",
      "A model of the workspace is evaluated on the workspace's rows.",
      {
        hint: "Give --model or --data, not both.",
      },
    );
  }
  const dealt = contributor === undefined ? DEFAULT_CONTRIBUTORS[tier] : undefined;
  const rows = await readRows(
    {
      file: data,
      columns: columnsFrom(options),
      dialect: dialectFrom(options),
      contributors: options.contributors ?? dealt,
      heldOut: heldOutFrom(options) ?? { fraction: DEFAULT_HOLD_OUT },
      seed,
      tier,
    },
    onProgress,
  );
  return { rows, model: wantedModel(options), tier };
}

function summary(evaluation: Evaluation, out: string): string {
  const { data, model, attribution } = evaluation;
  const head = table([
    ["data", `${data.name}: ${data.rows} rows of ${data.contributors} contributors, ${data.labels} labels`],
    [
      "model",
      `${model.kind}, λ ${model.ridge}, accuracy ${percent(model.accuracy)} on ${data.heldOut} held-out rows`,
    ],
    ["attribution", `${attribution.method}, k = ${attribution.width} (tier ${attribution.tier})`],
    [
      "measured",
      `${data.queries} queries, ${evaluation.options.subsets} halves, seed ${evaluation.options.seed}`,
    ],
  ]);
  return `${head}\n\n${gateLines(evaluation.gates)}\n\nreport  ${join(out, "report.html")}`;
}

/** `tributary evaluate`: whether the scores predict what retraining does, on the user's own data. */
export function registerEvaluate(program: Command): void {
  addCommand<Options>(program, {
    usage: "evaluate",
    summary: "measure by retraining how good a model's attribution is, and hold it against the gates",
    example:
      "tributary evaluate\n" +
      "tributary evaluate --data train.csv --text text --label category --test test.csv --tier small --subsets 50\n" +
      "tributary evaluate --data digits.csv --features 0-63 --label 64 --parts lds-rows,fidelity --gate\n" +
      "tributary evaluate --kind lora --rank 4 --onnx base.onnx --input features:64 --output pretrained.1a2b3c4d:64",
    options: (command) =>
      addMethodChoices(onnxOptions(adapterOptions(rowOptions(command))))
        .option(
          "--data <file>",
          "rows of your own, CSV or JSONL (default: the workspace's DataNet and model)",
        )
        .option("--model <number>", "the model of the workspace (default: the newest)", wholeNumber(1, 1e6))
        .option(
          "--train-ridge <number>",
          "train a model with this λ, instead of searching for one or taking the workspace's model",
          positive,
        )
        .option(
          "--subsets <number>",
          "random halves to retrain, of the rows and of the contributors",
          wholeNumber(2, 10_000),
          50,
        )
        .option(
          "--repeats <number>",
          "trainings of each half that an outcome is the mean of",
          wholeNumber(1, 1000),
          1,
        )
        .option("--queries <number>", "held-out rows to ask", wholeNumber(2, 100_000), 100)
        .option("--left-out <number>", "rows to leave out one at a time", wholeNumber(2, 100_000), 50)
        .option(
          "--left-out-contributors <number>",
          "contributors to leave out one at a time, drawn by the seed (default: all; of a model that is not convex 24)",
          wholeNumber(2, 100_000),
        )
        .option(
          "--parts <names>",
          `what to measure, of ${PART_NAMES.join(",")}; the last four where asked for: methods builds an index of each, attacks take minutes, circuit a built one`,
          partNames,
          DEFAULT_PARTS,
        )
        .option(
          "--workers <number>",
          "threads that retrain (default: one for each processor)",
          wholeNumber(1, 256),
        )
        .option("--out <folder>", "where report.json, report.html and the kept outcomes go", "out/evaluate")
        .option("--gate", "exit with 1 where a gate that was measured is missed"),
    writesInto: ({ out }) => out,
    interruption: "process",
    run: async (context, options) => {
      const out = resolve(options.out);
      const { rows, model, tier } = await subject(context, options);
      const { seed, subsets, repeats, queries, leftOut, leftOutContributors, parts } = options;
      const members = options.members ?? membersOf(model);
      const membersFrom = options.membersFrom ?? sourceOf(model);
      const method = methodFrom(options);
      const search = searchFrom(options);
      const workers = options.workers ?? defaultWorkers();
      const asked: EvaluationOptions = {
        tier,
        seed,
        method,
        search,
        subsets,
        repeats,
        members,
        membersFrom,
        queries,
        leftOut,
        leftOutContributors,
        parts,
        workers,
      };
      const store = outcomeStore(join(out, "outcomes"));
      const evaluation = await evaluateRows(rows, model, asked, store, context.onProgress);
      writeJson(join(out, "report.json"), evaluation);
      writeWhole(join(out, "report.html"), renderEvaluations([evaluation]));
      const missed = evaluation.gates.filter(({ passed }) => passed === false).map(({ id }) => id);
      return {
        ok: options.gate !== true || missed.length === 0,
        data: { out, missed, ...evaluation },
        text: summary(evaluation, out),
      };
    },
  });
}
