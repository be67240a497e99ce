import { chunkLoss, type ExampleChunk, newRoom } from "./example-chunk.ts";

/** Fixed: the bits of a model depend on it. */
export const CHUNKS = 4;

/** Entries of the state. */
export const State = {
  /** Counts evaluations; helpers wait for it to change. */
  Round: 0,
  /** The next chunk that nobody has taken. */
  Next: 1,
  /** Chunks whose sums are written; more than there are where a helper has failed. */
  Finished: 2,
  Size: 3,
} as const;

/** What the threads of one objective have in common. */
export interface SharedObjective {
  readonly state: Int32Array;
  readonly head: Float64Array;
  /** One gradient for each chunk. */
  readonly gradients: readonly Float64Array[];
  /** One for each chunk. */
  readonly losses: Float64Array;
}

/**
 * Work of one thread in one round: takes chunks until none is left. Which thread takes which chunk does not matter.
 *
 * @param load a chunk, asked for once
 */
export function takeChunks(shared: SharedObjective, load: (at: number) => ExampleChunk): () => void {
  const { state, head, gradients, losses } = shared;
  const chunks: ExampleChunk[] = [];
  const room = newRoom();
  return () => {
    for (;;) {
      const at = Atomics.add(state, State.Next, 1);
      if (at >= CHUNKS) return;
      chunks[at] ??= load(at);
      losses[at] = chunkLoss(chunks[at], head, gradients[at]!, room);
      Atomics.add(state, State.Finished, 1);
      Atomics.notify(state, State.Finished);
    }
  };
}
