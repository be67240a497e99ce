import { seededRandom } from "../numeric/random.ts";

/** Rows of one fold's model: those that it is trained on, and those that it is judged by. Both ascending. */
export interface Fold {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Deals rows into folds, each label's rows in turn in an order that the seed shuffles: so every fold has each label's share of rows, to
 * within one. Copies of a row may fall into several folds, and judge a model that has seen them.
 *
 * @param labels one for each row
 * @param seed unsigned 32-bit
 */
export function dealFolds(labels: Uint32Array, classes: number, seed: number, count: number): Fold[] {
  const byLabel = Array.from({ length: classes }, (): number[] => []);
  for (const row of seededRandom(seed).permutation(labels.length)) byLabel[labels[row]!]!.push(row);
  const foldOf = new Uint8Array(labels.length);
  byLabel.flat().forEach((row, at) => {
    foldOf[row] = at % count;
  });
  const rows = Uint32Array.from(labels, (_, row) => row);
  return Array.from({ length: count }, (_, fold) => ({
    training: rows.filter((row) => foldOf[row] !== fold),
    validation: rows.filter((row) => foldOf[row] === fold),
  }));
}
