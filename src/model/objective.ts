import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { TributaryError } from "../core/errors.ts";
import { chunkOf, type Examples } from "./example-chunk.ts";
import { CHUNKS, type SharedObjective, State, takeChunks } from "./shared-objective.ts";
import type { HeadParameters } from "./softmax.ts";

/** Entries of h times classes, below which a thread costs more to start than it saves. */
const WORTH_A_THREAD = 1e7;

/** Mean cross-entropy over examples + λ/2·‖head‖² (the bias included, so that the minimum is unique). */
export interface HeadObjective {
  /**
   * @param gradient receives the gradient
   * @returns the objective
   * @throws TRB_MODEL_THREAD
   */
  evaluate(ridge: number, head: HeadParameters, gradient: Float64Array): number;
  /** Ends its threads. */
  close(): void;
}

const sharedFloats = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(8 * length));

/** Threads beside this one; the examples' size decides only whether they pay. */
function helpersFor({ activations, classes }: Examples): number {
  if (activations.values.length * classes < WORTH_A_THREAD) return 0;
  return Math.min(CHUNKS, availableParallelism()) - 1;
}

/**
 * Opens the objective of the examples. They are cut into a fixed number of chunks and their sums are added in the
 * chunks' order: the result has the same bits on any number of threads.
 *
 * @param helpers threads beside the calling one
 */
export function openObjective(examples: Examples, helpers = helpersFor(examples)): HeadObjective {
  const size = (examples.activations.width + 1) * examples.classes;
  const shared: SharedObjective = {
    state: new Int32Array(new SharedArrayBuffer(4 * State.Size)),
    head: sharedFloats(size),
    gradients: Array.from({ length: CHUNKS }, () => sharedFloats(size)),
    losses: sharedFloats(CHUNKS),
  };
  const { state, gradients, losses } = shared;
  const workers = Array.from(
    { length: helpers },
    () => new Worker(new URL("./objective-worker.ts", import.meta.url), { workerData: { examples, shared } }),
  );
  for (const worker of workers) worker.unref();
  const work = takeChunks(shared, (at) => chunkOf(examples, at, CHUNKS));

  const waitForAll = (): void => {
    for (;;) {
      const finished = Atomics.load(state, State.Finished);
      if (finished > CHUNKS) {
        throw new TributaryError("TRB_MODEL_THREAD", "A thread of the training failed.", {
          hint: "Most likely memory ran out: close other programs and train again.",
        });
      }
      if (finished === CHUNKS) return;
      Atomics.wait(state, State.Finished, finished);
    }
  };

  return {
    evaluate(ridge, head, gradient) {
      shared.head.set(head);
      Atomics.store(state, State.Finished, 0);
      Atomics.store(state, State.Next, 0);
      Atomics.add(state, State.Round, 1);
      Atomics.notify(state, State.Round);
      work();
      waitForAll();
      const count = examples.rows.length;
      let square = 0;
      for (let j = 0; j < size; j++) {
        const w = head[j]!;
        square += w * w;
        let sum = 0;
        for (const part of gradients) sum += part[j]!;
        gradient[j] = sum / count + ridge * w;
      }
      return losses.reduce((sum, loss) => sum + loss, 0) / count + (ridge / 2) * square;
    },
    close() {
      for (const worker of workers) void worker.terminate();
    },
  };
}
