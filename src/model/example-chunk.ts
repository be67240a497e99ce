import { BlockRoom, FeatureBlocks } from "./feature-blocks.ts";
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

/** Some of the examples. The gradient is summed up feature by feature, so that its sums run over the examples in their order. */
export interface ExampleChunk {
  readonly activations: Activations;
  readonly rows: Uint32Array;
  /** One for each of the rows. */
  readonly labels: Uint32Array;
  readonly features: FeatureBlocks;
}

/** Memory that the chunks of one thread use one after another. */
export interface ChunkRoom {
  /** Examples × classes, at least. */
  deltas: Float64Array;
  readonly block: BlockRoom;
}

export const newRoom = (): ChunkRoom => ({ deltas: new Float64Array(0), block: new BlockRoom() });

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
export function chunkOf({ activations, labels, rows }: Examples, at: number, count: number): ExampleChunk {
  const first = Math.floor((rows.length * at) / count);
  const mine = rows.slice(first, Math.floor((rows.length * (at + 1)) / count));
  return {
    activations,
    rows: mine,
    labels: mine.map((i) => labels[i]!),
    features: new FeatureBlocks(activations, mine),
  };
}

/**
 * The sum of the chunk's cross-entropies.
 *
 * @param gradient receives the sum's gradient
 * @param room of the thread; nothing in it is kept
 */
export function chunkLoss(
  { activations: h, rows, labels, features }: ExampleChunk,
  head: HeadParameters,
  gradient: Float64Array,
  room: ChunkRoom,
): number {
  const classes = head.length / (h.width + 1);
  const bias = h.width * classes;
  gradient.fill(0);
  if (room.deltas.length < rows.length * classes) room.deltas = new Float64Array(rows.length * classes);
  const { deltas } = room;
  let loss = 0;
  for (let i = 0; i < rows.length; i++) {
    const delta = deltas.subarray(i * classes, (i + 1) * classes);
    probabilities(h, rows[i]!, head, delta);
    const label = labels[i]!;
    loss -= Math.log(Math.max(delta[label]!, Number.MIN_VALUE));
    delta[label]! -= 1;
    for (let c = 0; c < classes; c++) gradient[bias + c]! += delta[c]!;
  }
  for (const { first, entries } of features.blocks(room.block)) {
    for (let j = 0; j < entries.rows; j++) {
      addProducts(entries, j, deltas, gradient, (first + j) * classes, classes);
    }
  }
  return loss;
}
