import { transposed } from "../core/network/dense.ts";
import type { Constant, Graph } from "../core/onnx-graph.ts";
import type { AdaptedNetwork } from "../model/network/adapted.ts";
import type { Matrix, Sketch } from "../sketch/types.ts";
import { columnPlaces } from "./columns.ts";
import { forwardWeights } from "./forward.ts";
import { PORTS } from "./ports.ts";

/** What an input of the graph is always fed with. */
type Value = Omit<Constant, "name">;

const transposedValue = ({ values, columns, rows }: Matrix): Value => ({
  dims: [columns, rows],
  values: transposed(values, columns),
});

/** P_in without the column that meets the bias, transposed; and that column. */
function inputValues({ values, columns, rows }: Matrix, bias: boolean): { base: Value; bias: Value } {
  const inputs = columns - (bias ? 1 : 0);
  const base = new Float32Array(inputs * rows);
  const last = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < inputs; j++) base[j * rows + r] = values[r * columns + j]!;
    if (bias) last[r] = values[r * columns + inputs]!;
  }
  return { base: { dims: [inputs, rows], values: base }, bias: { dims: [rows], values: last } };
}

const row = (values: readonly number[]): Value => ({
  dims: [1, values.length],
  values: BigInt64Array.from(values, BigInt),
});

/** Parameters of each member in both orientations, and the sketch, by the names of the graph's inputs. */
function valuesOf(members: readonly AdaptedNetwork[], sketch: Sketch, graph: Graph): Map<string, Value> {
  const values = new Map<string, Value>();
  members.forEach(({ parameters }, member) => {
    for (const [name, value] of parameters) {
      const full = `member ${member}: ${name}`;
      values.set(full, value);
      const { dims } = value;
      if (dims.length !== 2) continue;
      values.set(forwardWeights(full), {
        dims: dims.toReversed(),
        values: transposed(value.values, dims[1]!),
      });
    }
  });
  sketch.layers.forEach((layer, at) => {
    const bias = graph.inputs.some(({ name }) => name === PORTS.inputBias(at));
    const projection = inputValues(layer.input, bias);
    values.set(PORTS.inputBase(at), projection.base);
    values.set(PORTS.inputBias(at), projection.bias);
    values.set(PORTS.outputBase(at), transposedValue(layer.output));
    values.set(PORTS.places(at), row(columnPlaces(layer)));
  });
  if (sketch.mix !== undefined) values.set(PORTS.mix, transposedValue(sketch.mix));
  return values;
}

/**
 * A trace graph with its parameters and projections as constants: only the request is left as an input. An input takes ONNX
 * Runtime's binding for Node longer than several nodes of a head's trace do (docs/attribution.md, "What a trace costs").
 *
 * @param graph what `traceGraph` gives for these networks and this sketch, or a part of it
 */
export function bindConstants(graph: Graph, members: readonly AdaptedNetwork[], sketch: Sketch): Graph {
  const values = valuesOf(members, sketch, graph);
  const bound = graph.inputs.flatMap(({ name }) => {
    const value = values.get(name);
    return value === undefined ? [] : [{ name, ...value }];
  });
  return {
    ...graph,
    inputs: graph.inputs.filter(({ name }) => !values.has(name)),
    constants: [...graph.constants, ...bound],
  };
}
