import { noBackward } from "../numeric/network/run.ts";
import { broadcast, keptDims, sizeOf } from "../numeric/network/tensor.ts";
import { type NetworkNode, type Op, weightsOf } from "../numeric/network/types.ts";
import type { Placed } from "./forward.ts";
import type { GraphWriter } from "./writer.ts";

/** What a rule has at hand. */
interface At {
  readonly to: GraphWriter;
  readonly placed: Placed;
  readonly node: NetworkNode;
  /** Gradient of the loss by the node's output. */
  readonly gradient: string;
  /** Names of the inputs and the output in the graph. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** Dimensions of input i, and of the output. */
  readonly dims: readonly (readonly number[])[];
  readonly outputDims: readonly number[];
}

/** Writes the gradient of the loss by input `which`, and names it. */
type Rule = (at: At, which: number) => string;

/** Adds up a gradient's entries over what input `which` was broadcast along. */
function unbroadcast({ to, dims, outputDims }: At, which: number, gradient: string): string {
  const own = dims[which]!;
  const padded = [...new Array<number>(outputDims.length - own.length).fill(1), ...own];
  const axes = outputDims.flatMap((d, axis) => (padded[axis] === 1 && d !== 1 ? [axis] : []));
  const sum =
    axes.length === 0 ? gradient : to.node("ReduceSum", [gradient, to.integers(axes)], { keepdims: 1 });
  return padded.length === own.length ? sum : to.node("Reshape", [sum, to.integers(own)]);
}

/** The factor that comes with a sum's gradient: the same for every entry of the input. */
const spread = ({ to, node, gradient, dims: [dims] }: At, factor: number): string => {
  const kept = to.node("Reshape", [gradient, to.integers(keptDims(dims!, node.axes!))]);
  const scaled = factor === 1 ? kept : to.node("Mul", [kept, to.scalar(factor)]);
  return to.node("Expand", [scaled, to.integers(dims!)]);
};

const times = ({ to, gradient }: At, factor: string): string => to.node("Mul", [gradient, factor]);

const swapLast = ({ to }: At, name: string, rank: number): string =>
  to.node("Transpose", [name], {
    perm: Array.from({ length: rank }, (_, at) => (at < rank - 2 ? at : 2 * rank - 3 - at)),
  });

function transposedConstant({ to, placed: { network }, node, inputs }: At): string {
  const { dims, values } = network.constants.get(node.inputs[1]!)!;
  const [rows, columns] = dims as [number, number];
  const result = new Float32Array(values.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) result[c * rows + r] = values[r * columns + c]!;
  return to.constant(`${inputs[1]} transposed`, [columns, rows], result);
}

/**
 * For each operator the gradient by an input, as ONNX nodes. The float64 rules in model/network/operators.ts are written
 * apart from these, and judge them.
 */
const RULES: Partial<Readonly<Record<Op, Rule>>> = {
  Linear: ({ to, placed, node, gradient, dims }) => {
    const { layer } = placed.network.layers.find(({ output }) => output === node.output)!;
    return to.node("MatMul", [gradient, to.input(placed.nameOf(weightsOf(layer)), dims[1]!)]);
  },
  MatMul: (at, which) => {
    const { to, gradient, inputs, dims } = at;
    const rank = dims[1]!.length;
    if (rank === 2) return to.node("MatMul", [gradient, transposedConstant(at)]);
    return which === 0
      ? to.node("MatMul", [gradient, swapLast(at, inputs[1]!, rank)])
      : to.node("MatMul", [swapLast(at, inputs[0]!, rank), gradient]);
  },
  Add: (at, which) => unbroadcast(at, which, at.gradient),
  Sub: (at, which) => unbroadcast(at, which, which === 0 ? at.gradient : at.to.node("Neg", [at.gradient])),
  Mul: (at, which) => unbroadcast(at, which, times(at, at.inputs[1 - which]!)),
  Div: (at, which) => {
    const { to, gradient, inputs, output } = at;
    const first = to.node("Div", [gradient, inputs[1]!]);
    return unbroadcast(at, which, which === 0 ? first : to.node("Neg", [to.node("Mul", [first, output])]));
  },
  Neg: ({ to, gradient }) => to.node("Neg", [gradient]),
  Abs: (at) => times(at, at.to.node("Sign", [at.inputs[0]!])),
  // s·g/2/(y + 1 − s) with s the sign of y: g/2/y, and 0 where y is 0.
  Sqrt: (at) => {
    const { to, gradient, output } = at;
    const sign = to.node("Sign", [output]);
    const divisor = to.node("Add", [output, to.node("Sub", [to.scalar(1), sign])]);
    const half = to.node("Mul", [gradient, to.scalar(0.5)]);
    return to.node("Mul", [to.node("Div", [half, divisor]), sign]);
  },
  // The output is not negative: its sign is 1 where the input passed.
  Relu: (at) => times(at, at.to.node("Sign", [at.output])),
  Tanh: (at) => {
    const { to, output } = at;
    return times(at, to.node("Sub", [to.scalar(1), to.node("Mul", [output, output])]));
  },
  Sigmoid: (at) => {
    const { to, output } = at;
    return times(at, to.node("Mul", [output, to.node("Sub", [to.scalar(1), output])]));
  },
  Erf: (at) => {
    const { to, inputs } = at;
    const exponent = to.node("Neg", [to.node("Mul", [inputs[0]!, inputs[0]!])]);
    return times(at, to.node("Mul", [to.node("Exp", [exponent]), to.scalar(2 / Math.sqrt(Math.PI))]));
  },
  Softmax: (at) => {
    const { to, gradient, output, outputDims } = at;
    const last = to.integers([outputDims.length - 1]);
    const mean = to.node("ReduceSum", [times(at, output), last], { keepdims: 1 });
    return to.node("Mul", [to.node("Sub", [gradient, mean]), output]);
  },
  ReduceMean: (at) => spread(at, 1 / sizeOf(at.node.axes!.map((axis) => at.dims[0]![axis]!))),
  ReduceSum: (at) => spread(at, 1),
  Transpose: ({ to, node, gradient }) =>
    to.node("Transpose", [gradient], { perm: node.perm!.map((_, at) => node.perm!.indexOf(at)) }),
  Reshape: ({ to, gradient, dims: [dims] }) => to.node("Reshape", [gradient, to.integers(dims!)]),
};

/**
 * Writes the backward pass of a member's network, from the output down to the lowest trained layer and no further.
 *
 * @param delta the loss' gradient by the network's output
 * @returns for each trained layer the name of the gradient by its output
 * @throws TRB_MODEL_NO_BACKWARD
 */
export function writeBackward(to: GraphWriter, placed: Placed, delta: string): Map<string, string> {
  const { network, nameOf, trained } = placed;
  const outputs = new Set(network.layers.map(({ output }) => output));
  // Parameters' own gradients are not written: a layer's is its input and the gradient by its output.
  const wanted = new Set<string>();
  for (const { inputs, output } of network.nodes) {
    if (outputs.has(output) || inputs.some((name) => wanted.has(name))) wanted.add(output);
  }
  const gradients = new Map([[network.output, delta]]);
  for (const node of network.nodes.toReversed()) {
    const gradient = gradients.get(node.output);
    if (gradient === undefined || !trained.has(node.output)) continue;
    const rule = RULES[node.op];
    node.inputs.forEach((name, which) => {
      if (!wanted.has(name)) return;
      if (rule === undefined) throw noBackward(node.op, node.source);
      const dims = node.inputs.map((input) => network.shapes.get(input)!);
      const own: At = {
        to,
        placed,
        node,
        gradient,
        inputs: node.inputs.map(nameOf),
        output: nameOf(node.output),
        dims,
        outputDims: network.shapes.get(node.output) ?? broadcast(dims[0]!, dims[1] ?? []),
      };
      const part = rule(own, which);
      const before = gradients.get(name);
      gradients.set(name, before === undefined ? part : to.node("Add", [before, part]));
    });
  }
  return new Map(network.layers.map(({ layer, output }) => [layer, gradients.get(output)!]));
}
