import { sizeOf } from "../core/network/tensor.ts";
import type { Constant } from "../core/onnx-graph.ts";
import type { LayerSketch, Sketch } from "../sketch/types.ts";
import type { Placed } from "./forward.ts";
import { PORTS } from "./ports.ts";
import type { GraphWriter } from "./writer.ts";
import { rowsFor } from "./zeros.ts";

/** How one layer's columns are computed. */
export interface LayerColumns {
  readonly sketch: LayerSketch;
  /** The layer's place in the sketch. */
  readonly at: number;
  /**
   * Whether all q·p products of c and a are taken, row by row, instead of those that are columns. ONNX Runtime's Gather takes
   * longer for an entry than a product with a few more rows of the mix does, most of which are columns anyway.
   */
  readonly all: boolean;
  /** Entries that the layer gives to the mix. */
  readonly count: number;
}

/** Where the mix passes over them: at most so many products for each that is a column. */
const MOST_PRODUCTS = 2;

export const columnPlan = ({ layers, mix }: Sketch): LayerColumns[] =>
  layers.map((sketch, at) => {
    const products = sketch.input.rows * sketch.output.rows;
    const all = mix !== undefined && products <= MOST_PRODUCTS * sketch.inputOf.length;
    return { sketch, at, all, count: all ? products : sketch.inputOf.length };
  });

/** The mix, transposed, with a row for each entry that the layers give: zeros for products that are no columns. */
export function mixValue(sketch: Sketch): Omit<Constant, "name"> {
  const { rows, columns, values } = sketch.mix!;
  const plan = columnPlan(sketch);
  const count = plan.reduce((sum, part) => sum + part.count, 0);
  const result = new Float32Array(count * rows);
  let [column, from] = [0, 0];
  for (const { sketch: layer, all, count: entries } of plan) {
    layer.inputOf.forEach((input, m) => {
      const entry = from + (all ? layer.outputOf[m]! * layer.input.rows + input : m);
      // A pair that is a column twice counts twice.
      for (let r = 0; r < rows; r++) result[entry * rows + r]! += values[r * columns + column + m]!;
    });
    column += layer.inputOf.length;
    from += entries;
  }
  return { dims: [count, rows], values: result };
}

/** Columns of one layer's gradient: Σ_t c_t[output_of m]·a_t[input_of m] with a = P_in·x, c = P_out·δ; or all such products. */
export function writeColumns(
  to: GraphWriter,
  { network, nameOf, entries }: Placed,
  { sketch, at, all, count }: LayerColumns,
  delta: string,
): string {
  const layer = network.layers.find((one) => one.layer === sketch.layer);
  if (layer === undefined) throw new RangeError(`no layer ${sketch.layer}`);
  const dims = network.shapes.get(layer.input)!;
  const tokens = sizeOf(dims.slice(1, -1));
  const asRows = (name: string, width: number): string =>
    dims.length === 2 ? name : to.node("Reshape", [name, to.integers([tokens, width])]);
  const [p, q] = [sketch.input.rows, sketch.output.rows];
  const x = asRows(nameOf(layer.input), layer.inputs);
  const directions = to.input(PORTS.inputBase(at), [layer.inputs, p]);
  const inputBase = rowsFor(to, entries, layer.input, directions);
  const a = layer.bias
    ? to.node("Gemm", [x, inputBase, to.input(PORTS.inputBias(at), [p])])
    : to.node("MatMul", [x, inputBase]);
  const c = to.node("MatMul", [
    asRows(delta, layer.outputs),
    to.input(PORTS.outputBase(at), [layer.outputs, q]),
  ]);
  if (all) {
    const turned =
      tokens === 1
        ? to.node("Reshape", [c, to.integers([q, 1])])
        : to.node("Transpose", [c], { perm: [1, 0] });
    return to.node("Reshape", [to.node("MatMul", [turned, a]), to.integers([1, q * p])]);
  }
  const inputs = to.node("Gather", [a, to.input(PORTS.inputOf(at), [count], "int64")], { axis: 1 });
  const outputs = to.node("Gather", [c, to.input(PORTS.outputOf(at), [count], "int64")], { axis: 1 });
  const products = to.node("Mul", [inputs, outputs]);
  return tokens === 1 ? products : to.node("ReduceSum", [products, to.integers([0])], { keepdims: 1 });
}
