import type { Command } from "commander";
import { parametersIn } from "../../model/adapter.ts";
import { ridgeEdge } from "../../model/ridge-choice.ts";
import type { TrainingReport } from "../../model/types.ts";
import { memberSource } from "../../operations/training/member-sources.ts";
import { type NewModel, trainModel } from "../../operations/training/train.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { type AdapterFlags, adapterFrom, adapterOptions, positive } from "../adapter-options.ts";
import { certainWords } from "../certain-words.ts";
import { addCommand } from "../command.ts";
import { type OnnxFlags, onnxFrom, onnxOptions } from "../onnx-options.ts";
import { table } from "../output.ts";
import { seedOption } from "../row-options.ts";

interface Options extends AdapterFlags, OnnxFlags {
  readonly seed: number;
  readonly ridge?: number;
}

export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** λ, and how it was come by. */
function ridgeWords({ ridge, tried, folds }: TrainingReport): string {
  if (tried.length < 2) return `${ridge}, as given`;
  const best = tried.reduce((most, one) => (one.accuracy > most.accuracy ? one : most));
  const judged = `${percent(best.accuracy)} ± ${percent(best.standardError)} on ${folds.used} of ${folds.of} folds`;
  return `${ridge}, the largest of ${tried.length} within one standard error of the best (${judged})`;
}

/** What who trains should know and did not ask. */
function warnings(
  { evaluation: { certain, rows }, farColumns }: Pick<NewModel, "evaluation" | "farColumns">,
  edge: ReturnType<typeof ridgeEdge>,
): string[] {
  const far = farColumns.map((j) => j + 1).join(", ");
  return [
    ...(edge === undefined
      ? []
      : [
          `λ is the ${edge} that was tried: a ${edge === "largest" ? "larger" : "smaller"} one was not looked at (--ridge)`,
        ]),
    ...(certain === 0 ? [] : [`${certainWords(certain, rows)} (a larger --ridge makes answers less sure)`]),
    ...(farColumns.length === 0
      ? []
      : [
          `features ${far} are so far from 0 that float32 rounds their differences away, and the graph reads float32: subtract a constant before the import`,
        ]),
  ];
}

/** `tributary train`: an adapter on the workspace's DataNet, with its accuracy beside the majority baseline. */
export function registerTrain(program: Command): void {
  addCommand<Options>(program, {
    usage: "train",
    summary: "train a model on the workspace's DataNet; each run makes a new one",
    example:
      "tributary train\ntributary train --kind mlp --hidden 64\n" +
      "tributary train --kind mlp --members 5\n" +
      "tributary train --members 8 --members-from halves\n" +
      "tributary train --kind mlp --members 4 --members-from checkpoints\n" +
      "tributary train --onnx encoder.onnx --input features:64 --output hidden:32",
    options: (command) =>
      onnxOptions(
        adapterOptions(command)
          .addOption(seedOption())
          .option(
            "--ridge <number>",
            "λ of what is trained, instead of choosing it by what models do on rows that are set aside",
            positive,
          ),
      ),
    writes: ["models"],
    interruption: "process",
    run: async ({ dir, onProgress }, options) => {
      const workspace = workspaceAt(dir);
      const { number, base, adapter, others, evaluation, farColumns } = await trainModel(
        workspace,
        {
          adapter: adapterFrom(options),
          seed: options.seed,
          ridge: options.ridge,
          onnx: onnxFrom(options, options.kind),
        },
        onProgress,
      );
      const { accuracy, majorityBaseline, rows: measured, heldOut } = evaluation;
      const edge = ridgeEdge(adapter.report);
      const facts = table([
        ["model", `${number}, trained on ${adapter.report.rows} rows of version ${adapter.datanet.version}`],
        ["kind", `${adapter.kind}, ${parametersIn(adapter)} trained parameters`],
        ["accuracy", `${percent(accuracy)} on ${measured} ${heldOut ? "held-out" : "validation"} rows`],
        ["majority baseline", percent(majorityBaseline)],
        ["ridge", ridgeWords(adapter.report)],
        ...(others.length > 0
          ? [
              [
                "members",
                `${others.length + 1}, of which the first answers; the others from ${memberSource(others)}`,
              ] as const,
            ]
          : []),
      ]);
      const data = {
        model: number,
        kind: adapter.kind,
        base: base.digest,
        adapter: adapter.digest,
        others: others.map(({ digest }) => digest),
        evaluation,
        training: adapter.report,
        ridgeEdge: edge ?? null,
        farColumns,
      };
      const text = [facts, ...warnings({ evaluation, farColumns }, edge).map((one) => `note: ${one}`)].join(
        "\n",
      );
      return { ok: true, data, text };
    },
  });
}
