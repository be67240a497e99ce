import { pickRows } from "./activations.ts";
import { addProducts, type HeadParameters, probabilities } from "./softmax.ts";
import type { Activations } from "./types.ts";

/** The rows of a training set that count, and what they are. */
export interface Examples {
  readonly activations: Activations;
  /** One for each row of the activations. */
  readonly labels: Uint32Array;
  readonly classes: number;
  /** Rows that count. */
  readonly rows: Uint32Array;
}

/** Some of the examples, held twice: by rows for the logits, by features for the gradient. */
export interface ExampleChunk {
  readonly byRow: Activations;
  /** Row j is feature j of every example; its columns are the examples. */
  readonly byFeature: Activations;
  readonly labels: Uint32Array;
  /** Examples × classes, overwritten by each evaluation. */
  readonly deltas: Float64Array;
}

/** The same numbers by columns: row j of the result is column j. */
export function transpose(h: Activations): Activations {
  const offsets = new Uint32Array(h.width + 1);
  for (const column of h.columns) offsets[column + 1]!++;
  for (let j = 0; j < h.width; j++) offsets[j + 1]! += offsets[j]!;
  const next = offsets.slice();
  const columns = new Uint32Array(h.columns.length);
  const values = new Float32Array(h.values.length);
  for (let i = 0; i < h.rows; i++) {
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
      const at = next[h.columns[e]!]!++;
      columns[at] = i;
      values[at] = h.values[e]!;
    }
  }
  return { rows: h.width, width: h.rows, offsets, columns, values };
}

/** Part `at` of `count` about equal ones. */
export function chunkOf(
  { activations, labels, classes, rows }: Examples,
  at: number,
  count: number,
): ExampleChunk {
  const first = Math.floor((rows.length * at) / count);
  const mine = rows.slice(first, Math.floor((rows.length * (at + 1)) / count));
  const byRow = pickRows(activations, mine);
  return {
    byRow,
    byFeature: transpose(byRow),
    labels: mine.map((i) => labels[i]!),
    deltas: new Float64Array(mine.length * classes),
  };
}

/**
 * The sum of the chunk's cross-entropies.
 *
 * @param gradient receives the sum's gradient
 */
export function chunkLoss(chunk: ExampleChunk, head: HeadParameters, gradient: Float64Array): number {
  const { byRow, byFeature, labels, deltas } = chunk;
  const classes = head.length / (byRow.width + 1);
  const bias = byRow.width * classes;
  gradient.fill(0);
  let loss = 0;
  for (let i = 0; i < byRow.rows; i++) {
    const delta = deltas.subarray(i * classes, (i + 1) * classes);
    probabilities(byRow, i, head, delta);
    const label = labels[i]!;
    loss -= Math.log(Math.max(delta[label]!, Number.MIN_VALUE));
    delta[label]! -= 1;
    for (let c = 0; c < classes; c++) gradient[bias + c]! += delta[c]!;
  }
  for (let j = 0; j < byFeature.rows; j++) addProducts(byFeature, j, deltas, gradient, j * classes, classes);
  return loss;
}
