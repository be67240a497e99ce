import { type Command, InvalidArgumentError } from "commander";
import { TributaryError } from "../core/errors.ts";
import { readBounded } from "../files/bounded.ts";
import type { Port } from "../model/types.ts";
import type { OnnxBase } from "../operations/training/train.ts";

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
    .option("--onnx <file>", "a base of your own instead of the built-in one")
    .option("--input <name:width>", "the graph's input and its width", port)
    .option("--output <name:width>", "the graph's output and its width", port);

/** The most that a protobuf message may have, so that no ONNX graph has more in one file. */
const MAX_GRAPH_BYTES = 2 ** 31 - 1;

/** The graph that was given, read; undefined for the built-in base. @throws TRB_CLI_USAGE */
export function onnxFrom({ onnx, input, output }: OnnxFlags): OnnxBase | undefined {
  if (onnx === undefined) return undefined;
  if (input !== undefined && output !== undefined)
    return { graph: readBounded(onnx, MAX_GRAPH_BYTES), input, output };
  throw new TributaryError("TRB_CLI_USAGE", "An ONNX graph needs its input and output named.", {
    hint: "Give --input NAME:WIDTH and --output NAME:WIDTH.",
  });
}
