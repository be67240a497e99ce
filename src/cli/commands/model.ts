import { resolve } from "node:path";
import type { Command } from "commander";
import { exportBaseOf } from "../../operations/training/export-base.ts";
import { loadModel, modelNumbers } from "../../operations/training/train.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { wholeNumber } from "../row-options.ts";
import { percent } from "./train.ts";

/** `tributary model list`: what was trained, and how good it is. */
function registerList(model: Command): void {
  addCommand(model, {
    usage: "list",
    summary: "list the workspace's trained models",
    example: "tributary model list\ntributary model list --json",
    run: async ({ dir, onProgress }) => {
      const workspace = workspaceAt(dir);
      const numbers = modelNumbers(workspace);
      const models = numbers.map((number, i) => {
        onProgress({ stage: "read models", done: i, total: numbers.length });
        const { base, adapter, others, evaluation } = loadModel(workspace, number);
        return {
          model: number,
          kind: adapter.kind,
          members: 1 + others.length,
          rows: adapter.report.rows,
          version: adapter.datanet.version,
          ridge: adapter.report.ridge,
          base: base.digest,
          adapter: adapter.digest,
          evaluation,
        };
      });
      const lines = models.map(
        ({ model: number, kind, members, rows, version, evaluation }) =>
          [
            String(number),
            `${kind}${members > 1 ? `, ${members} members` : ""}, ${rows} rows of version ${version}, accuracy ${percent(evaluation.accuracy)}`,
          ] as const,
      );
      const text = lines.length === 0 ? "No models yet: tributary train" : table(lines);
      return { ok: true, data: { models }, text };
    },
  });
}

/** `tributary model export-base`: a trained perceptron's layers below the head as a base for other models. */
export function registerModel(program: Command): void {
  const model = program.command("model").description("trained models");
  registerList(model);

  addCommand<{ model?: number; out: string }>(model, {
    usage: "export-base",
    summary: "write a trained perceptron without its head as an ONNX base, for adapters on other DataNets",
    example:
      "tributary model export-base --model 1 --out pretrained.onnx\n" +
      "tributary train --kind lora --onnx pretrained.onnx --input features:64 --output pretrained.1a2b3c4d:64",
    options: (command) =>
      command
        .option("--model <number>", "the model here (default: the newest)", wholeNumber(1, 1e6))
        .option("--out <file>", "where the graph is written", "pretrained.onnx"),
    run: async ({ dir }, options) => {
      const file = resolve(options.out);
      const exported = exportBaseOf(workspaceAt(dir), options.model, file);
      const { number, input, output } = exported;
      const port = ({ name, width }: typeof input): string => `${name}:${width}`;
      const flags = ["--onnx", options.out, "--input", port(input), "--output", port(output)];
      const text = table([
        ["model", number],
        ["graph", file],
        ["use it with", `tributary train --kind lora ${flags.join(" ")}`],
      ]);
      return { ok: true, data: { model: number, file, input: port(input), output: port(output) }, text };
    },
  });
}
