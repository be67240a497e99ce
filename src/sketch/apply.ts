import type { LayerGradients } from "../model/types.ts";
import { rowsOf, tokensOf } from "../numeric/tokens.ts";
import { columnsOf } from "./columns.ts";
import { multiplyTransposed, projectActivations } from "./project.ts";
import type { LayerSketch, Sketch } from "./types.ts";

/** One member's gradients: its trained layers in their fixed order. */
export type ModelGradients = readonly LayerGradients[];

/** Writes the layer's columns of every row into `into` from `at` on; rows of `into` are `stride` long. */
function addLayer(
  gradients: LayerGradients,
  { input, output, inputOf, outputOf }: LayerSketch,
  into: Float64Array,
  stride: number,
  at: number,
): void {
  const a = projectActivations(gradients.inputs, input.values, input.rows);
  const c = multiplyTransposed(gradients.deltas, output.values, output.columns);
  const rows = rowsOf(gradients);
  for (let i = 0; i < rows; i++) {
    const [first, end] = tokensOf(gradients, i);
    for (let t = first; t < end; t++) {
      const to = i * stride + at;
      for (let m = 0; m < inputOf.length; m++) {
        into[to + m]! += c[t * output.rows + outputOf[m]!]! * a[t * input.rows + inputOf[m]!]!;
      }
    }
  }
}

/**
 * The layers' columns of many rows before `mix`.
 *
 * @param members gradients of the same n rows by each model of the ensemble
 * @returns n × K, row-major
 */
export function sketchColumns(members: readonly ModelGradients[], sketch: Sketch): Float64Array {
  const stride = columnsOf(sketch);
  const result = new Float64Array(rowsOf(members[0]![0]!) * stride);
  let at = 0;
  for (const layer of sketch.layers) {
    const gradients = members[layer.member]?.find((one) => one.layer === layer.layer);
    if (gradients === undefined)
      throw new RangeError(`no gradients of ${layer.layer}, member ${layer.member}`);
    addLayer(gradients, layer, result, stride, at);
    at += layer.inputOf.length;
  }
  return result;
}

/**
 * The sketched gradients of many rows, in float64: what the trace graph computes for one request, for the index.
 *
 * @param members gradients of the same n rows by each model of the ensemble
 * @returns Z, n × k, row-major
 */
export function sketchRows(members: readonly ModelGradients[], sketch: Sketch): Float64Array {
  const { width, mix } = sketch;
  const columns = sketchColumns(members, sketch);
  const stride = columnsOf(sketch);
  const used = mix?.rows ?? stride;
  const values = mix === undefined ? columns : multiplyTransposed(columns, mix.values, stride);
  if (used === width) return values;
  const z = new Float64Array((values.length / used) * width);
  for (let i = 0; i * used < values.length; i++) z.set(values.subarray(i * used, (i + 1) * used), i * width);
  return z;
}
