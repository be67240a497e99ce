import { encodeGraph, type Graph, type TensorShape } from "../numeric/onnx/graph.ts";
import { readGraph } from "../numeric/onnx/read.ts";
import { makeBase } from "./base.ts";
import type { Base, TextHashing } from "./types.ts";

const INPUT = "features";
const OUTPUT = "hidden";

const port = (name: string, width: number): TensorShape => ({ name, dims: ["batch", width] });

/** What was measured best of the widths that keep an index of 10,000 rows within seconds. */
export const DEFAULT_HASHING: TextHashing = { width: 8192, seed: 1, words: [1, 2], characters: [3, 5] };

function textGraph(width: number): Graph {
  return {
    name: "hashed-text",
    inputs: [port(INPUT, width)],
    constants: [
      { name: "axes", dims: [1], values: BigInt64Array.of(1n) },
      { name: "one", dims: [1], values: Float32Array.of(1) },
    ],
    nodes: [
      { op: "Abs", inputs: [INPUT], output: "counts" },
      { op: "ReduceSum", inputs: ["counts", "axes"], output: "total", attributes: { keepdims: 1 } },
      { op: "Max", inputs: ["total", "one"], output: "divisor" },
      { op: "Div", inputs: ["counts", "divisor"], output: "shares" },
      { op: "Sqrt", inputs: ["shares"], output: "magnitudes" },
      { op: "Sign", inputs: [INPUT], output: "signs" },
      { op: "Mul", inputs: ["signs", "magnitudes"], output: OUTPUT },
    ],
    outputs: [port(OUTPUT, width)],
  };
}

/**
 * Text of hashed n-grams: h_j = sign(x_j)·√(|x_j| / Σ|x|), a vector of length 1 with repeated n-grams damped.
 *
 * The counts are small integers, whose float32 sum is exact in any order; division and square root are
 * correctly rounded by IEEE 754. So h has the same bits on every machine, whatever its vector width.
 */
export function textBase(hashing: TextHashing = DEFAULT_HASHING): Base {
  const { width } = hashing;
  return makeBase({
    preprocessing: { kind: "text", hashing },
    input: { name: INPUT, width },
    output: { name: OUTPUT, width },
    graph: encodeGraph(textGraph(width)),
  });
}

/** Mean and factor of each column, as the graph subtracts and multiplies them. */
export interface Scaling {
  readonly mean: Float32Array;
  readonly factor: Float32Array;
  /** What is subtracted before, in float64; undefined where every column does without. */
  readonly offset?: readonly number[] | undefined;
}

/**
 * Standard deviations from 0 beyond which a column gets an offset. A float32 has 24 bits: times in seconds since 1970 are rounded to two
 * minutes, and what they say within an hour is gone.
 */
const FAR = 2 ** 12;

/** Rows of numbers that may be gone through more than once, such as an array of them. */
export interface NumberRows extends Iterable<Float64Array> {
  readonly length: number;
}

/**
 * The scaling that gives each column of the rows mean 0 and variance 1/width, so that E‖h‖² = 1.
 * A column that never changes gets factor 0, and one whose mean is far from 0 an offset: its mean.
 */
export function fitScaling(rows: NumberRows): Scaling {
  const [first] = rows;
  const width = first?.length ?? 0;
  const count = rows.length;
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  for (const row of rows) for (let j = 0; j < width; j++) mean[j]! += row[j]! / count;
  // A constant's variance may be above 0 by rounding alone.
  const changes = new Uint8Array(width);
  for (const row of rows) {
    for (let j = 0; j < width; j++) {
      square[j]! += (row[j]! - mean[j]!) ** 2 / count;
      if (row[j] !== first![j]) changes[j] = 1;
    }
  }
  const factor = square.map((variance, j) =>
    changes[j] === 1 && variance > 0 ? 1 / Math.sqrt(variance * width) : 0,
  );
  const far = mean.map((m, j) => (changes[j] === 1 && Math.abs(m) > FAR * Math.sqrt(square[j]!) ? m : 0));
  const scaling = { mean: Float32Array.from(mean, (m, j) => m - far[j]!), factor: Float32Array.from(factor) };
  return far.some((offset) => offset !== 0) ? { ...scaling, offset: Array.from(far) } : scaling;
}

/** Numbers, standardised by constants that are part of the graph and so of the base's digest: h = (x − mean)·factor. */
export function numericBase({ mean, factor, offset }: Scaling): Base {
  const width = mean.length;
  const graph: Graph = {
    name: "standardised-numbers",
    inputs: [port(INPUT, width)],
    constants: [
      { name: "mean", dims: [width], values: mean },
      { name: "factor", dims: [width], values: factor },
    ],
    nodes: [
      { op: "Sub", inputs: [INPUT, "mean"], output: "centred" },
      { op: "Mul", inputs: ["centred", "factor"], output: OUTPUT },
    ],
    outputs: [port(OUTPUT, width)],
  };
  return makeBase({
    preprocessing: { kind: "numeric", width, ...(offset === undefined ? {} : { offset }) },
    input: { name: INPUT, width },
    output: { name: OUTPUT, width },
    graph: encodeGraph(graph),
  });
}

/** Whether a base is one that `textBase` makes, byte for byte: its h has the same bits, whatever computes it. */
export const isTextBase = ({ preprocessing, digest }: Base): boolean =>
  preprocessing.kind === "text" && textBase(preprocessing.hashing).digest === digest;

/** Whether a base is one that `numericBase` makes, byte for byte: its entries do not depend on one another, nor on other rows. */
export function isNumericBase({ graph, digest, preprocessing, output }: Base): boolean {
  // Said first, since a user's graph may take long to read.
  if (preprocessing.kind !== "numeric" || preprocessing.width !== output.width || output.name !== OUTPUT)
    return false;
  const { constants } = readGraph(graph);
  const [mean, factor] = ["mean", "factor"].map((name) => constants.get(name)?.values);
  if (!(mean instanceof Float32Array && factor instanceof Float32Array)) return false;
  return numericBase({ mean, factor, offset: preprocessing.offset }).digest === digest;
}
