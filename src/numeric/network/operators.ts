import { addProduct, addTransposedProduct, transposed } from "./dense.ts";
import { erf } from "./erf.ts";
import { broadcast, broadcastMap, keptDims, permute, sizeOf, unbroadcast } from "./tensor.ts";
import type { NetworkNode, Op, Tensor } from "./types.ts";

export interface Operator {
  forward(inputs: readonly Tensor[], node: NetworkNode): Tensor;
  /**
   * Gradient of the loss by each input, from that by the output. Absent: the operator has no backward pass.
   *
   * @param asked whether input i's is wanted; others may be left out
   */
  backward?(
    gradient: Tensor,
    inputs: readonly Tensor[],
    output: Tensor,
    node: NetworkNode,
    asked: readonly boolean[],
  ): readonly (Tensor | undefined)[];
}

/** f entry by entry, with its derivative from x and y = f(x). */
const unary = (f: (x: number) => number, derivative?: (x: number, y: number) => number): Operator => ({
  forward: ([x]) => ({ dims: x!.dims, values: x!.values.map(f) }),
  ...(derivative && {
    backward: (g, [x], y) => [
      { dims: x!.dims, values: g.values.map((value, i) => value * derivative(x!.values[i]!, y.values[i]!)) },
    ],
  }),
});

type Pair = (a: number, b: number) => number;

/** f of two broadcast operands, with its derivatives by each. */
const binary = (f: Pair, byFirst?: Pair, bySecond?: Pair): Operator => {
  const apply = (f_: Pair, a: Tensor, b: Tensor, dims: readonly number[]): Tensor => {
    const mapA = broadcastMap(dims, a.dims);
    const mapB = broadcastMap(dims, b.dims);
    const values = new Float64Array(mapA.length);
    for (let i = 0; i < values.length; i++) values[i] = f_(a.values[mapA[i]!]!, b.values[mapB[i]!]!);
    return { dims, values };
  };
  return {
    forward: ([a, b]) => apply(f, a!, b!, broadcast(a!.dims, b!.dims)),
    ...(byFirst &&
      bySecond && {
        backward: (g, [a, b], _y, _node, asked) =>
          [byFirst, bySecond].map((derivative, at) => {
            if (!asked[at]) return undefined;
            const { values } = apply(derivative, a!, b!, g.dims);
            for (let i = 0; i < values.length; i++) values[i]! *= g.values[i]!;
            return unbroadcast({ dims: g.dims, values }, (at === 0 ? a : b)!.dims);
          }),
      }),
  };
};

/** x·W over the last dimension of x, W inner × m and the same for every row. */
function timesMatrix({ dims, values }: Tensor, w: Float64Array): Tensor {
  const inner = dims.at(-1)!;
  const m = w.length / inner;
  const result = new Float64Array((values.length / inner) * m);
  addProduct(values, w, inner, m, result);
  return { dims: [...dims.slice(0, -1), m], values: result };
}

/** Products of pairs of matrices, one pair for each entry of the leading dimensions. */
function timesEach(a: Tensor, b: Tensor): Tensor {
  const [n, inner] = a.dims.slice(-2) as [number, number];
  const m = b.dims.at(-1)!;
  const lead = a.dims.slice(0, -2);
  const count = sizeOf(lead);
  const values = new Float64Array(count * n * m);
  for (let i = 0; i < count; i++) {
    addProduct(
      a.values.subarray(i * n * inner, (i + 1) * n * inner),
      b.values.subarray(i * inner * m, (i + 1) * inner * m),
      inner,
      m,
      values.subarray(i * n * m, (i + 1) * n * m),
    );
  }
  return { dims: [...lead, n, m], values };
}

const swapLast = (x: Tensor): Tensor => {
  const rank = x.dims.length;
  return permute(
    x,
    x.dims.map((_, at) => (at < rank - 2 ? at : 2 * rank - 3 - at)),
  );
};

/** The gradient of a matrix that every row was multiplied by: xᵀ·g. */
function matrixGradient(x: Tensor, g: Tensor, dims: readonly number[]): Tensor {
  const [inner, m] = [x.dims.at(-1)!, g.dims.at(-1)!];
  const values = new Float64Array(inner * m);
  addTransposedProduct(x.values, g.values, inner, m, values);
  return { dims, values };
}

const matMul: Operator = {
  forward: ([a, b]) => (b!.dims.length === 2 ? timesMatrix(a!, b!.values) : timesEach(a!, b!)),
  backward: (g, [a, b], _y, _node, [first, second]) => {
    if (b!.dims.length === 2) {
      return [
        first ? timesMatrix(g, transposed(b!.values, b!.dims[1]!)) : undefined,
        second ? matrixGradient(a!, g, b!.dims) : undefined,
      ];
    }
    return [first ? timesEach(g, swapLast(b!)) : undefined, second ? timesEach(swapLast(a!), g) : undefined];
  },
};

const linear: Operator = {
  forward: ([x, w, b]) => {
    const y = timesMatrix(x!, transposed(w!.values, w!.dims[1]!));
    if (b !== undefined)
      for (let i = 0; i < y.values.length; i++) y.values[i]! += b.values[i % b.values.length]!;
    return y;
  },
  backward: (g, [x, w, b], _y, _node, [first, second]) => {
    const [outputs, inputs] = w!.dims as [number, number];
    const byWeights = (): Tensor => {
      const values = new Float64Array(outputs * inputs);
      addTransposedProduct(g.values, x!.values, outputs, inputs, values);
      return { dims: w!.dims, values };
    };
    return [
      first ? timesMatrix(g, w!.values) : undefined,
      second ? byWeights() : undefined,
      b === undefined ? undefined : unbroadcast(g, b.dims),
    ];
  },
};

const softmax: Operator = {
  forward: ([x]) => {
    const width = x!.dims.at(-1)!;
    const values = x!.values.slice();
    for (let at = 0; at < values.length; at += width) {
      const row = values.subarray(at, at + width);
      const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
      const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
      for (let c = 0; c < width; c++) row[c] = Math.exp(row[c]! - largest) / sum;
    }
    return { dims: x!.dims, values };
  },
  backward: (g, [x], y) => {
    const width = x!.dims.at(-1)!;
    const values = new Float64Array(y.values.length);
    for (let at = 0; at < values.length; at += width) {
      let mean = 0;
      for (let c = 0; c < width; c++) mean += g.values[at + c]! * y.values[at + c]!;
      for (let c = 0; c < width; c++) values[at + c] = (g.values[at + c]! - mean) * y.values[at + c]!;
    }
    return [{ dims: x!.dims, values }];
  },
};

/** Σ over axes, times `factor` of how many entries were added up. */
const reduce = (factor: (count: number) => number): Operator => {
  const share = (dims: readonly number[], axes: readonly number[]): number =>
    factor(sizeOf(axes.map((axis) => dims[axis]!)));
  return {
    forward: ([x], { axes, keepdims }) => {
      const { values } = unbroadcast(x!, keptDims(x!.dims, axes!));
      const by = share(x!.dims, axes!);
      const dims = keepdims ? keptDims(x!.dims, axes!) : x!.dims.filter((_, at) => !axes!.includes(at));
      return { dims, values: values.map((value) => value * by) };
    },
    backward: (g, [x], _y, { axes }) => {
      const map = broadcastMap(x!.dims, keptDims(x!.dims, axes!));
      const by = share(x!.dims, axes!);
      return [{ dims: x!.dims, values: Float64Array.from(map, (from) => g.values[from]! * by) }];
    },
  };
};

const transpose: Operator = {
  forward: ([x], { perm }) => permute(x!, perm!),
  backward: (g, _inputs, _y, { perm }) => [
    permute(
      g,
      perm!.map((_, at) => perm!.indexOf(at)),
    ),
  ],
};

const reshape: Operator = {
  forward: ([x], { shape }) => ({ dims: [x!.dims[0]!, ...shape!.slice(1)], values: x!.values }),
  backward: (g, [x]) => [{ dims: x!.dims, values: g.values }],
};

/** Every operator in float64: the reference that the ONNX nodes of a trace are judged by. */
export const OPERATORS: Readonly<Record<Op, Operator>> = {
  Linear: linear,
  MatMul: matMul,
  Add: binary(
    (a, b) => a + b,
    () => 1,
    () => 1,
  ),
  Sub: binary(
    (a, b) => a - b,
    () => 1,
    () => -1,
  ),
  Mul: binary(
    (a, b) => a * b,
    (_, b) => b,
    (a) => a,
  ),
  Div: binary(
    (a, b) => a / b,
    (_, b) => 1 / b,
    (a, b) => -a / (b * b),
  ),
  Max: binary(Math.max),
  Neg: unary(
    (x) => -x,
    () => -1,
  ),
  Abs: unary(Math.abs, Math.sign),
  Sign: unary(Math.sign),
  // At 0 it has no derivative. What is below is at its least there, where a smooth function is flat: √(x²) and √relu(x) are right.
  Sqrt: unary(Math.sqrt, (_, y) => (y === 0 ? 0 : 0.5 / y)),
  Relu: unary(
    (x) => Math.max(x, 0),
    (x) => (x > 0 ? 1 : 0),
  ),
  Tanh: unary(Math.tanh, (_, y) => 1 - y * y),
  Sigmoid: unary(
    (x) => 1 / (1 + Math.exp(-x)),
    (_, y) => y * (1 - y),
  ),
  Erf: unary(erf, (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x)),
  Softmax: softmax,
  ReduceMean: reduce((count) => 1 / count),
  ReduceSum: reduce(() => 1),
  Transpose: transpose,
  Reshape: reshape,
};
