import type { Tensor } from "./types.ts";

export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, d) => product * d, 1);

/** Result dimensions of an elementwise operator, aligned at the last one as ONNX and NumPy do. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, at) => {
    const x = a[at - rank + a.length] ?? 1;
    const y = b[at - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new RangeError(`[${a}] and [${b}] do not broadcast`);
    return x === 1 ? y : x;
  });
}

/** For each entry of a tensor of dimensions `result`, in order, the entry of a tensor `dims` that broadcasts to it. */
export function broadcastMap(result: readonly number[], dims: readonly number[]): Uint32Array {
  const map = new Uint32Array(sizeOf(result));
  // Outer dimensions first: each pass spreads what is there over one more dimension, from the last entry back.
  const strides = new Array<number>(result.length).fill(0);
  let stride = 1;
  for (let at = result.length - 1; at >= 0; at--) {
    const d = dims[at - result.length + dims.length] ?? 1;
    if (d !== 1) strides[at] = stride;
    stride *= d;
  }
  let filled = 1;
  for (let at = 0; at < result.length; at++) {
    const d = result[at]!;
    for (let entry = filled - 1; entry >= 0; entry--) {
      const from = map[entry]!;
      for (let i = d - 1; i >= 0; i--) map[entry * d + i] = from + i * strides[at]!;
    }
    filled *= d;
  }
  return map;
}

/** Adds up the entries of a gradient that one entry of a broadcast operand was used for. */
export function unbroadcast({ dims, values }: Tensor, to: readonly number[]): Tensor {
  const sums = new Float64Array(sizeOf(to));
  const map = broadcastMap(dims, to);
  for (let i = 0; i < values.length; i++) sums[map[i]!]! += values[i]!;
  return { dims: to, values: sums };
}

/** Dimensions after reducing `axes`, each kept as 1. */
export const keptDims = (dims: readonly number[], axes: readonly number[]): number[] =>
  dims.map((d, at) => (axes.includes(at) ? 1 : d));

/** Exchange of dimensions: result dimension i is dimension perm[i] of x. */
export function permute({ dims, values }: Tensor, perm: readonly number[]): Tensor {
  const to = perm.map((from) => dims[from]!);
  const strides = dims.map((_, at) => sizeOf(dims.slice(at + 1)));
  const result = new Float64Array(values.length);
  const index = new Array<number>(to.length).fill(0);
  for (let i = 0; i < result.length; i++) {
    let from = 0;
    for (let at = 0; at < to.length; at++) from += index[at]! * strides[perm[at]!]!;
    result[i] = values[from]!;
    for (let at = to.length - 1; at >= 0; at--) {
      if (++index[at]! < to[at]!) break;
      index[at] = 0;
    }
  }
  return { dims: to, values: result };
}
