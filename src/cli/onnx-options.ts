import { type Command, InvalidArgumentError } from "commander";
import { TributaryError } from "../core/errors.ts";
import { readOnnxFile } from "../model/onnx-file.ts";
import type { Port } from "../model/types.ts";
import type { OnnxBase } from "../model/user-base.ts";

/** A base of the user's own, from the command line. */
export interface OnnxFlags {
  readonly onnx?: string;
  readonly input?: Port;
  readonly output?: Port;
}

function port(text: string): Port {
  const [, name, width] = /^(.+):([1-9]\d{0,6})$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("a name and a width, such as features:64");
  return { name, width: Number(width) };
}

/** Adds the options that say what a model stands on. */
export const onnxOptions = (command: Command): Command =>
  command
    .option("--onnx <file>", "a base of your own instead of the built-in one; its weights may lie beside it")
    .option("--input <name:width>", "the graph's input and its width", port)
    .option("--output <name:width>", "the graph's output and its width", port);

/**
 * The graph that was given, read; undefined for the built-in base.
 *
 * @param kind of the model that is trained
 * @throws TRB_CLI_USAGE, TRB_MODEL_TARGET, and as readOnnxFile
 */
export function onnxFrom({ onnx, input, output }: OnnxFlags, kind?: string): OnnxBase | undefined {
  if (onnx === undefined) {
    if (kind !== "lora") return undefined;
    throw new TributaryError("TRB_MODEL_TARGET", "Low-rank adapters need a base with linear layers.", {
      details: "the built-in bases have no products with matrices",
      hint: "Give a graph of your own: --onnx FILE --input NAME:WIDTH --output NAME:WIDTH; tributary model export-base makes one of a perceptron.",
    });
  }
  if (input !== undefined && output !== undefined) return { graph: readOnnxFile(onnx), input, output };
  throw new TributaryError("TRB_CLI_USAGE", "An ONNX graph needs its input and output named.", {
    hint: "Give --input NAME:WIDTH and --output NAME:WIDTH.",
  });
}
