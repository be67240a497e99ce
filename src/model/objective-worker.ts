import { workerData } from "node:worker_threads";
import { chunkOf, type Examples } from "./example-chunk.ts";
import { CHUNKS, type SharedObjective, State, takeChunks } from "./shared-objective.ts";

const { examples, shared } = workerData as {
  readonly examples: Examples;
  readonly shared: SharedObjective;
};
const { state } = shared;
try {
  const work = takeChunks(shared, (at) => chunkOf(examples, at, CHUNKS));
  // It ends when the objective is closed, which terminates the thread.
  for (let round = 0; ; round = Atomics.load(state, State.Round)) {
    Atomics.wait(state, State.Round, round);
    work();
  }
} catch {
  Atomics.add(state, State.Finished, CHUNKS + 1);
  Atomics.notify(state, State.Finished);
}
