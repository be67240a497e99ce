import type { Activations } from "./types.ts";

/**
 * The head's parameters as training holds them: (d + 1) × classes float64, row j the weights of h_j for every
 * class, row d the bias. (An adapter's W is the transpose of the first d rows.)
 */
export type HeadParameters = Float64Array;

/**
 * Adds matrixᵀ·h_i, `classes` sums over the rows of the matrix, to `into` from `at` on. Four entries of h at a time:
 * one pass over the sums costs as much as one entry.
 */
export function addProducts(
  h: Activations,
  i: number,
  matrix: Float64Array,
  into: Float64Array,
  at: number,
  classes: number,
): void {
  const { columns, values } = h;
  const end = h.offsets[i + 1]!;
  let e = h.offsets[i]!;
  for (; e + 3 < end; e += 4) {
    const [v0, v1, v2, v3] = [values[e]!, values[e + 1]!, values[e + 2]!, values[e + 3]!];
    const a0 = columns[e]! * classes;
    const a1 = columns[e + 1]! * classes;
    const a2 = columns[e + 2]! * classes;
    const a3 = columns[e + 3]! * classes;
    for (let c = 0; c < classes; c++) {
      into[at + c]! +=
        v0 * matrix[a0 + c]! + v1 * matrix[a1 + c]! + v2 * matrix[a2 + c]! + v3 * matrix[a3 + c]!;
    }
  }
  for (; e < end; e++) {
    const value = values[e]!;
    const row = columns[e]! * classes;
    for (let c = 0; c < classes; c++) into[at + c]! += value * matrix[row + c]!;
  }
}

/** Writes W·h_i + b of row i into `into`, one entry for each class. */
function logits(h: Activations, i: number, head: HeadParameters, into: Float64Array): void {
  const classes = into.length;
  into.set(head.subarray(h.width * classes, (h.width + 1) * classes));
  addProducts(h, i, head, into, 0, classes);
}

function largestOf(values: Float64Array): number {
  let largest = values[0]!;
  for (let c = 1; c < values.length; c++) if (values[c]! > largest) largest = values[c]!;
  return largest;
}

/** Turns logits into softmax(logits), in place. */
export function softmaxInPlace(values: Float64Array): void {
  const largest = largestOf(values);
  let sum = 0;
  for (let c = 0; c < values.length; c++) {
    const x = Math.exp(values[c]! - largest);
    values[c] = x;
    sum += x;
  }
  for (let c = 0; c < values.length; c++) values[c]! /= sum;
}

/** Turns logits into log softmax(logits), in place: finite however small a probability is. */
export function logSoftmaxInPlace(values: Float64Array): void {
  const largest = largestOf(values);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  const shift = largest + Math.log(sum);
  for (let c = 0; c < values.length; c++) values[c]! -= shift;
}

/** Writes softmax(W·h_i + b) of row i into `into`, one entry for each class. */
export function probabilities(h: Activations, i: number, head: HeadParameters, into: Float64Array): void {
  logits(h, i, head, into);
  softmaxInPlace(into);
}

/** Writes log softmax(W·h_i + b) of row i into `into`, one entry for each class. */
export function rowLogProbabilities(
  h: Activations,
  i: number,
  head: HeadParameters,
  into: Float64Array,
): void {
  logits(h, i, head, into);
  logSoftmaxInPlace(into);
}

/** log softmax(W·h_i + b): n × classes. */
export function logProbabilities(h: Activations, head: HeadParameters, classes: number): Float64Array {
  const result = new Float64Array(h.rows * classes);
  for (let i = 0; i < h.rows; i++) {
    rowLogProbabilities(h, i, head, result.subarray(i * classes, (i + 1) * classes));
  }
  return result;
}
