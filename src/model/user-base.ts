import { TributaryError } from "../core/errors.ts";
import { requireSelfContained } from "../numeric/onnx/external.ts";
import { portType } from "../numeric/onnx/precision.ts";
import { findRandom } from "../numeric/onnx/random.ts";
import { makeBase } from "./base.ts";
import type { Base, Port, Preprocessing } from "./types.ts";

/** A user's own ONNX graph with the ports to use. */
export interface OnnxBase {
  /** As `readOnnxFile` gives it. */
  readonly graph: Uint8Array;
  readonly input: Port;
  readonly output: Port;
}

function requireFloat32(graph: Uint8Array, side: "input" | "output", { name }: Port): void {
  const type = portType(graph, side, name);
  if (type === undefined || type === "float32") return;
  throw new TributaryError("TRB_MODEL_PRECISION", `The graph's ${side} ${name} is not float32.`, {
    details: `it is ${type}`,
    hint: "Export the model in float32; or keep its input and output float32 and cast inside of the graph.",
  });
}

/**
 * A base of a user's graph that models can be trained on.
 *
 * @throws TRB_MODEL_RANDOM, TRB_MODEL_PRECISION, TRB_MODEL_EXTERNAL_DATA, TRB_MODEL_MALFORMED_ONNX
 */
export function userBase(preprocessing: Preprocessing, { graph, input, output }: OnnxBase): Base {
  requireSelfContained(graph);
  const random = findRandom(graph, output.name);
  if (random !== undefined) {
    throw new TributaryError("TRB_MODEL_RANDOM", "The graph gives other numbers in each run.", {
      details: `node ${random.node} (${random.op}) ${random.why}`,
      hint: "An auditor could not find the same gradients. Export the model for inference, as after model.eval() in PyTorch, without nodes that draw numbers.",
    });
  }
  requireFloat32(graph, "input", input);
  requireFloat32(graph, "output", output);
  return makeBase({ preprocessing, graph, input, output });
}
