import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { parametersIn } from "../../model/adapter.ts";
import type { Port } from "../../model/types.ts";
import { loadDataNet } from "../../pipeline/import.ts";
import { type OnnxBase, trainModel } from "../../pipeline/train.ts";
import { workspaceAt } from "../../pipeline/workspace.ts";
import { type AdapterFlags, adapterFrom, adapterOptions, positive } from "../adapter-options.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { seedOption } from "../row-options.ts";

interface Options extends AdapterFlags {
  readonly seed: number;
  readonly onnx?: string;
  readonly input?: Port;
  readonly output?: Port;
  readonly ridge?: number;
}

function port(text: string): Port {
  const [, name, width] = /^(.+):([1-9]\d{0,6})$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("a name and a width, such as features:64");
  return { name, width: Number(width) };
}

function onnxFrom({ onnx, input, output }: Options): OnnxBase | undefined {
  if (onnx === undefined) return undefined;
  if (input !== undefined && output !== undefined) return { graph: readFileSync(onnx), input, output };
  throw new TributaryError("TRB_CLI_USAGE", "An ONNX graph needs its input and output named.", {
    hint: "Give --input NAME:WIDTH and --output NAME:WIDTH.",
  });
}

export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** `tributary train`: an adapter on the workspace's DataNet, with its accuracy beside the majority baseline. */
export function registerTrain(program: Command): void {
  addCommand<Options>(program, {
    usage: "train",
    summary: "train a model on the workspace's DataNet; each run makes a new one",
    example:
      "tributary train\ntributary train --kind mlp --hidden 64\n" +
      "tributary train --onnx encoder.onnx --input features:64 --output hidden:32",
    options: (command) =>
      adapterOptions(command)
        .addOption(seedOption())
        .option("--ridge <number>", "λ of what is trained, instead of searching for the best one", positive)
        .option("--onnx <file>", "a base of your own instead of the built-in one")
        .option("--input <name:width>", "the graph's input and its width", port)
        .option("--output <name:width>", "the graph's output and its width", port),
    writes: true,
    run: async ({ dir, onProgress }, options) => {
      const workspace = workspaceAt(dir);
      const rows = loadDataNet(workspace);
      const { number, base, adapter, evaluation } = await trainModel(
        workspace,
        rows,
        { adapter: adapterFrom(options), seed: options.seed, ridge: options.ridge, onnx: onnxFrom(options) },
        onProgress,
      );
      const { accuracy, majorityBaseline, rows: measured, heldOut } = evaluation;
      const text = table([
        [
          "model",
          `${number}, trained on ${rows.datanet.rows.length} rows of version ${rows.datanet.version}`,
        ],
        ["kind", `${adapter.kind}, ${parametersIn(adapter)} trained parameters`],
        ["accuracy", `${percent(accuracy)} on ${measured} ${heldOut ? "held-out" : "validation"} rows`],
        ["majority baseline", percent(majorityBaseline)],
        ["ridge", adapter.report.ridge],
      ]);
      const data = {
        model: number,
        kind: adapter.kind,
        base: base.digest,
        adapter: adapter.digest,
        evaluation,
        training: adapter.report,
      };
      return { ok: true, data, text };
    },
  });
}
