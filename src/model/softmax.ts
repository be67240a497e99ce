import type { Activations } from "./types.ts";

/**
 * The head's parameters as training holds them: (d + 1) × classes float64, row j the weights of h_j for every
 * class, row d the bias. (An adapter's W is the transpose of the first d rows.)
 */
export type HeadParameters = Float64Array;

/** Adds headᵀ·h_i (weights only) to `into`. Four entries of h at a time: one pass over `into` costs as much as one entry. */
function addLogits(h: Activations, i: number, head: HeadParameters, into: Float64Array): void {
  const classes = into.length;
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
      into[c]! += v0 * head[a0 + c]! + v1 * head[a1 + c]! + v2 * head[a2 + c]! + v3 * head[a3 + c]!;
    }
  }
  for (; e < end; e++) {
    const value = values[e]!;
    const at = columns[e]! * classes;
    for (let c = 0; c < classes; c++) into[c]! += value * head[at + c]!;
  }
}

/** Writes softmax(W·h_i + b) of row i into `into`, one entry for each class. */
export function probabilities(h: Activations, i: number, head: HeadParameters, into: Float64Array): void {
  const classes = into.length;
  into.set(head.subarray(h.width * classes, (h.width + 1) * classes));
  addLogits(h, i, head, into);
  let largest = into[0]!;
  for (let c = 1; c < classes; c++) if (into[c]! > largest) largest = into[c]!;
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const x = Math.exp(into[c]! - largest);
    into[c] = x;
    sum += x;
  }
  for (let c = 0; c < classes; c++) into[c]! /= sum;
}

/** Adds δ ⊗ [h_i; 1] to `into`, laid out as the head's parameters. */
function addOuter(h: Activations, i: number, delta: Float64Array, into: Float64Array): void {
  const classes = delta.length;
  const { columns, values } = h;
  const end = h.offsets[i + 1]!;
  let e = h.offsets[i]!;
  for (; e + 1 < end; e += 2) {
    const v0 = values[e]!;
    const v1 = values[e + 1]!;
    const a0 = columns[e]! * classes;
    const a1 = columns[e + 1]! * classes;
    for (let c = 0; c < classes; c++) {
      const d = delta[c]!;
      into[a0 + c]! += v0 * d;
      into[a1 + c]! += v1 * d;
    }
  }
  for (; e < end; e++) {
    const value = values[e]!;
    const at = columns[e]! * classes;
    for (let c = 0; c < classes; c++) into[at + c]! += value * delta[c]!;
  }
  const bias = h.width * classes;
  for (let c = 0; c < classes; c++) into[bias + c]! += delta[c]!;
}

/** The rows of a training set that count, and what they are. */
export interface Examples {
  readonly activations: Activations;
  /** One for each row of the activations. */
  readonly labels: Uint32Array;
  readonly classes: number;
  /** Rows that count. */
  readonly rows: Uint32Array;
}

/**
 * Mean cross-entropy over the rows + λ/2·‖head‖² (the bias included, so that the minimum is unique).
 *
 * @param gradient receives the gradient
 * @returns the objective
 */
export function objective(
  { activations, labels, classes, rows }: Examples,
  ridge: number,
  head: HeadParameters,
  gradient: Float64Array,
): number {
  gradient.fill(0);
  const delta = new Float64Array(classes);
  let loss = 0;
  for (const i of rows) {
    probabilities(activations, i, head, delta);
    const label = labels[i]!;
    loss -= Math.log(Math.max(delta[label]!, Number.MIN_VALUE));
    delta[label]! -= 1;
    addOuter(activations, i, delta, gradient);
  }
  let square = 0;
  for (let j = 0; j < head.length; j++) {
    const w = head[j]!;
    square += w * w;
    gradient[j] = gradient[j]! / rows.length + ridge * w;
  }
  return loss / rows.length + (ridge / 2) * square;
}

/** Mean cross-entropy and the share of rows whose most probable class (the first of equals) is their label. */
export function evaluateHead(
  { activations, labels, classes, rows }: Examples,
  head: HeadParameters,
): { loss: number; accuracy: number } {
  const p = new Float64Array(classes);
  let loss = 0;
  let right = 0;
  for (const i of rows) {
    probabilities(activations, i, head, p);
    const label = labels[i]!;
    loss -= Math.log(Math.max(p[label]!, Number.MIN_VALUE));
    let best = 0;
    for (let c = 1; c < classes; c++) if (p[c]! > p[best]!) best = c;
    if (best === label) right++;
  }
  return { loss: loss / rows.length, accuracy: right / rows.length };
}
