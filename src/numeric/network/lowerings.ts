import { elementType } from "../onnx/precision.ts";
import type { ReadNode } from "../onnx/read.ts";
import type { NetworkBuilder } from "./builder.ts";
import { transposed } from "./dense.ts";
import { sizeOf } from "./tensor.ts";
import type { Op } from "./types.ts";

/** Adds a user's node to a network as operators that are known; a RangeError says what is not possible. */
export type Lowering = (node: ReadNode, to: NetworkBuilder) => void;

/** Element types by their numbers in a file. */
const FLOAT = 1;
const INT64 = 7;

const scalar = (to: NetworkBuilder, name: string, value: number): string =>
  to.constant(name, { dims: [], values: Float32Array.of(value) });

const plain =
  (op: Op): Lowering =>
  ({ name, inputs, outputs: [output] }, to) => {
    if (inputs.length > 2) throw new RangeError(`${inputs.length} operands`);
    to.add(op, inputs, output!, name);
  };

const nothing: Lowering = ({ inputs: [input], outputs: [output] }, to) => to.alias(output!, input!);

/** The largest of any number of operands. */
const max: Lowering = (node, to) => {
  const { name, inputs, outputs } = node;
  const [first, ...others] = inputs;
  const output = outputs[0]!;
  if (others.length === 0) return nothing(node, to);
  let x = first!;
  for (const [at, other] of others.entries())
    x = to.add("Max", [x, other], at === others.length - 1 ? output : `${output}.${at}`, name);
};

/** A tensor as one of another type, where nothing of it changes; and integers as float32, where they are constants. */
function castTo(type: number, { inputs: [x], outputs: [output] }: ReadNode, to: NetworkBuilder): void {
  const own = to.isIntegers(x!) ? INT64 : FLOAT;
  if (own === FLOAT) to.dimsOf(x!);
  if (own === type) to.alias(output!, x!);
  else if (own === INT64 && type === FLOAT) to.integersAsFloats(output!, x!);
  else throw new RangeError(`a cast to ${elementType(type)}`);
}

const cast: Lowering = (node, to) => castTo(number(node, "to", 0), node, to);

const castLike: Lowering = (node, to) => {
  const like = node.inputs[1]!;
  const integers = to.isIntegers(like);
  if (!integers) to.dimsOf(like);
  castTo(integers ? INT64 : FLOAT, node, to);
};

function number({ attributes }: ReadNode, name: string, otherwise: number): number {
  const value = attributes[name];
  return typeof value === "number" ? value : otherwise;
}

/** Two matrices of activations with the same leading dimensions, or rows times a constant matrix. */
const matMul: Lowering = ({ name, inputs: [a, b], outputs: [output] }, to) => {
  const [da, db] = [to.dimsOf(a!), to.dimsOf(b!)];
  const fits = to.isConstant(b!)
    ? db.length === 2
    : !to.isConstant(a!) &&
      da.length === db.length &&
      da.length > 2 &&
      da.slice(0, -2).every((d, i) => d === db[i]);
  if (!fits || da.at(-1) !== db.at(-2)) throw new RangeError(`a product of [${da}] and [${db}]`);
  to.add("MatMul", [a!, b!], output!, name);
};

/** A·B + C with a constant B. */
const gemm: Lowering = (node, to) => {
  const { name, inputs, outputs } = node;
  const [a, b, c] = inputs;
  const output = outputs[0]!;
  if (number(node, "transA", 0) !== 0) throw new RangeError("transA");
  if (number(node, "alpha", 1) !== 1 || number(node, "beta", 1) !== 1) throw new RangeError("alpha or beta");
  const { dims, values } = to.constantOf(b!);
  let weights = b!;
  if (number(node, "transB", 0) !== 0) {
    weights = to.constant(`${output}.weights`, {
      dims: dims.toReversed(),
      values: transposed(values, dims[1]!),
    });
  }
  const product = c === undefined || c === "" ? output : `${output}.product`;
  to.add("MatMul", [a!, weights], product, name);
  if (product !== output) to.add("Add", [product, c!], output, name);
};

/** (x − mean)/√(variance + ε)·scale + bias over the last dimension. */
const layerNormalization: Lowering = (node, to) => {
  const { name, inputs, outputs } = node;
  const [x, scale, bias] = inputs;
  const y = outputs[0]!;
  const rank = to.dimsOf(x!).length;
  if (![-1, rank - 1].includes(number(node, "axis", -1)))
    throw new RangeError("an axis that is not the last");
  const last = { axes: [rank - 1], keepdims: true };
  to.add("ReduceMean", [x!], `${y}.mean`, name, last);
  to.add("Sub", [x!, `${y}.mean`], `${y}.centred`, name);
  to.add("Mul", [`${y}.centred`, `${y}.centred`], `${y}.square`, name);
  to.add("ReduceMean", [`${y}.square`], `${y}.variance`, name, last);
  const epsilon = scalar(to, `${y}.epsilon`, number(node, "epsilon", 1e-5));
  to.add("Add", [`${y}.variance`, epsilon], `${y}.shifted`, name);
  to.add("Sqrt", [`${y}.shifted`], `${y}.deviation`, name);
  to.add("Div", [`${y}.centred`, `${y}.deviation`], `${y}.normal`, name);
  const scaled = bias === undefined || bias === "" ? y : `${y}.scaled`;
  to.add("Mul", [`${y}.normal`, scale!], scaled, name);
  if (scaled !== y) to.add("Add", [scaled, bias!], y, name);
};

/** x/2·(1 + erf(x/√2)). */
const gelu: Lowering = ({ name, inputs: [x], outputs, attributes }, to) => {
  if (attributes.approximate === "tanh") throw new RangeError("its approximation by tanh");
  const y = outputs[0]!;
  to.add("Mul", [x!, scalar(to, `${y}.root`, Math.SQRT1_2)], `${y}.argument`, name);
  to.add("Erf", [`${y}.argument`], `${y}.erf`, name);
  to.add("Add", [`${y}.erf`, scalar(to, `${y}.one`, 1)], `${y}.sum`, name);
  to.add("Mul", [x!, `${y}.sum`], `${y}.double`, name);
  to.add("Mul", [`${y}.double`, scalar(to, `${y}.half`, 0.5)], y, name);
};

const pow: Lowering = ({ name, inputs: [x, exponent], outputs }, to) => {
  const values = to.isIntegers(exponent!) ? to.integersOf(exponent!) : to.constantOf(exponent!).values;
  if (values.length === 1 && values[0] === 2) to.add("Mul", [x!, x!], outputs[0]!, name);
  else if (values.length === 1 && values[0] === 0.5) to.add("Sqrt", [x!], outputs[0]!, name);
  else throw new RangeError("an exponent other than 2 and 0.5");
};

const softmax: Lowering = (node, to) => {
  const rank = to.dimsOf(node.inputs[0]!).length;
  if (![-1, rank - 1].includes(number(node, "axis", -1)))
    throw new RangeError("an axis that is not the last");
  to.add("Softmax", node.inputs, node.outputs[0]!, node.name);
};

/** Axes as an attribute (as ReduceMean has them up to operator set 17) or as a second input. */
function axesOf({ attributes, inputs }: ReadNode, to: NetworkBuilder, rank: number): number[] {
  const given = inputs[1] ? to.integersOf(inputs[1]) : attributes.axes;
  // None at all are all of them, the batch as well.
  if (!Array.isArray(given) || given.length === 0) throw new RangeError("no axes");
  const axes = (given as readonly number[]).map((axis) => (axis < 0 ? axis + rank : axis));
  if (axes.includes(0)) throw new RangeError("the batch as an axis");
  return axes;
}

const reduce =
  (op: "ReduceMean" | "ReduceSum"): Lowering =>
  (node, to) => {
    const x = node.inputs[0]!;
    const axes = axesOf(node, to, to.dimsOf(x).length);
    to.add(op, [x], node.outputs[0]!, node.name, { axes, keepdims: number(node, "keepdims", 1) !== 0 });
  };

const transpose: Lowering = (node, to) => {
  const perm = node.attributes.perm;
  if (!Array.isArray(perm)) throw new RangeError("no perm");
  to.add("Transpose", node.inputs, node.outputs[0]!, node.name, { perm });
};

function reshapeTo(
  { name, inputs: [x], outputs: [output] }: ReadNode,
  to: NetworkBuilder,
  wanted: number[],
): void {
  const dims = to.dimsOf(x!);
  const shape = wanted.map((d, at) => (d === 0 ? dims[at]! : d));
  const open = shape.indexOf(-1);
  if (open >= 0) shape[open] = sizeOf(dims) / -sizeOf(shape);
  if (shape[0] !== 1 || sizeOf(shape) !== sizeOf(dims)) throw new RangeError(`[${dims}] as [${wanted}]`);
  to.add("Reshape", [x!], output!, name, { shape });
}

const reshape: Lowering = (node, to) => {
  const wanted = [...to.integersOf(node.inputs[1]!)];
  if (number(node, "allowzero", 0) !== 0 && wanted.includes(0)) throw new RangeError("a dimension of 0");
  reshapeTo(node, to, wanted);
};

const flatten: Lowering = (node, to) => {
  if (number(node, "axis", 1) !== 1) throw new RangeError("an axis other than 1");
  reshapeTo(node, to, [1, -1]);
};

const squeeze: Lowering = (node, to) => {
  const dims = to.dimsOf(node.inputs[0]!);
  const axes = axesOf(node, to, dims.length);
  reshapeTo(
    node,
    to,
    dims.filter((_, at) => !axes.includes(at)),
  );
};

const unsqueeze: Lowering = (node, to) => {
  const dims = [...to.dimsOf(node.inputs[0]!)];
  const axes = axesOf(node, to, dims.length + to.integersOf(node.inputs[1]!).length);
  for (const axis of axes.toSorted((a, b) => a - b)) dims.splice(axis, 0, 1);
  reshapeTo(node, to, dims);
};

/** What each operator of a user's graph becomes. */
export const LOWERINGS: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries(
    (
      ["Add", "Sub", "Mul", "Div", "Neg", "Abs", "Sign", "Sqrt", "Relu", "Tanh", "Sigmoid", "Erf"] as const
    ).map((op) => [op, plain(op)]),
  ),
  Max: max,
  Cast: cast,
  CastLike: castLike,
  Identity: nothing,
  Dropout: nothing,
  MatMul: matMul,
  Gemm: gemm,
  LayerNormalization: layerNormalization,
  Gelu: gelu,
  Pow: pow,
  Softmax: softmax,
  ReduceMean: reduce("ReduceMean"),
  ReduceSum: reduce("ReduceSum"),
  Transpose: transpose,
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
};
