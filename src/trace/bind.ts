import type { AdaptedNetwork } from "../model/network/adapted.ts";
import { transposed } from "../numeric/network/dense.ts";
import type { Constant, Graph, TensorShape } from "../numeric/onnx/graph.ts";
import type { Matrix, Sketch } from "../sketch/types.ts";
import { columnPlaces } from "./columns.ts";
import { forwardWeights } from "./forward.ts";
import { PORTS } from "./ports.ts";

/** What an input of the graph is always fed with. */
export type Value = Omit<Constant, "name">;

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

/**
 * The inputs of a trace graph that are a model's and not a request's: parameters of each member, in the orientations that the
 * graph multiplies with, and the sketch.
 *
 * @param inputs of the graph
 */
export function parameterValues(
  inputs: readonly Pick<TensorShape, "name">[],
  members: readonly Pick<AdaptedNetwork, "parameters">[],
  sketch: Sketch,
): Map<string, Value> {
  const wanted = new Set(inputs.map(({ name }) => name));
  const values = new Map<string, Value>();
  const set = (name: string, make: () => Value): void => void (wanted.has(name) && values.set(name, make()));
  members.forEach(({ parameters }, member) => {
    for (const [name, value] of parameters) {
      const full = `member ${member}: ${name}`;
      set(full, () => value);
      set(forwardWeights(full), () => ({
        dims: value.dims.toReversed(),
        values: transposed(value.values, value.dims[1]!),
      }));
    }
  });
  sketch.layers.forEach((layer, at) => {
    const projection = inputValues(layer.input, wanted.has(PORTS.inputBias(at)));
    set(PORTS.inputBase(at), () => projection.base);
    set(PORTS.inputBias(at), () => projection.bias);
    set(PORTS.outputBase(at), () => transposedValue(layer.output));
    set(PORTS.places(at), () => row(columnPlaces(layer)));
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
  const values = parameterValues(graph.inputs, members, sketch);
  return {
    ...graph,
    inputs: graph.inputs.filter(({ name }) => !values.has(name)),
    constants: [...graph.constants, ...Array.from(values, ([name, value]) => ({ name, ...value }))],
  };
}
