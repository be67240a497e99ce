import type { InferenceSession } from "onnxruntime-node";
import { PORTS } from "./ports.ts";
import type { GraphWriter } from "./writer.ts";

const FLOAT = 1;

/** What a trace graph gives. */
export interface Answer {
  readonly labelIndex: number;
  /** One for each label. */
  readonly probabilities: Float32Array;
  readonly gradient: Float32Array;
}

/**
 * Writes the graph's one output, [1, classes + 1 + width]: probabilities, label, gradient. A run takes ONNX Runtime's binding
 * for Node longer for an output more than putting them together does (docs/attribution.md, "What a trace costs"); a label is
 * exact in float32.
 *
 * @param gradient absent of a graph that does not trace
 */
export function writeAnswer(to: GraphWriter, gradient?: string): void {
  const label = to.node("Cast", [PORTS.label], { to: FLOAT });
  const parts = [PORTS.probabilities, label, ...(gradient === undefined ? [] : [gradient])];
  to.node("Concat", parts, { axis: 1 }, PORTS.answer);
}

/** @param classes how many labels there are */
export function readAnswer(run: InferenceSession.OnnxValueMapType, classes: number): Answer {
  const values = run[PORTS.answer]!.data as Float32Array;
  return {
    labelIndex: values[classes]!,
    probabilities: values.slice(0, classes),
    gradient: values.slice(classes + 1),
  };
}
