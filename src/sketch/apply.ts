import type { Gradients } from "./fit.ts";
import { projectDeltas } from "./fit.ts";
import { projectActivations } from "./principal.ts";
import type { Sketch } from "./types.ts";

/**
 * The sketched gradients of many rows, in float64: what the trace graph computes for one request, for the index.
 *
 * @returns Z, n × k, row-major
 */
export function sketchRows({ activations, deltas }: Gradients, sketch: Sketch): Float64Array {
  const { width, input, output, inputOf, outputOf } = sketch;
  const a = projectActivations(activations, input.values, input.rows);
  const c = projectDeltas(deltas, output.values, output.columns);
  const z = new Float64Array(activations.rows * width);
  for (let i = 0; i < activations.rows; i++) {
    for (let m = 0; m < inputOf.length; m++) {
      z[i * width + m] = c[i * output.rows + outputOf[m]!]! * a[i * input.rows + inputOf[m]!]!;
    }
  }
  return z;
}
