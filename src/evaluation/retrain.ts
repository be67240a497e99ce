import { createHash } from "node:crypto";
import { Piscina } from "piscina";
import type { OnProgress } from "../core/progress.ts";
import { bytesOf } from "../files/typed-bytes.ts";
import type { Activations } from "../model/types.ts";
import { type LearningTask, outcomeOf, type RetrainJob } from "./learner.ts";
import type { OutcomeStore } from "./outcome-store.ts";

export interface RetrainerOptions {
  /** Threads; 1 works in the calling one. */
  readonly workers: number;
  readonly store: OutcomeStore;
  /** Digest of the training code, part of every key. */
  readonly code: string;
}

/** Trains the same learner on many subsets of the same rows. */
export interface Retrainer {
  /**
   * The outcome of each job, in the jobs' order: kept ones from the store, the others trained and kept as each one
   * ends, so that a run that is stopped goes on where it was.
   */
  run(jobs: readonly RetrainJob[], stage: string, onProgress: OnProgress): Promise<Float64Array[]>;
  close(): Promise<void>;
}

function shared<T extends Float32Array | Float64Array | Uint32Array>(array: T): T {
  const Kind = array.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new Kind(new SharedArrayBuffer(array.byteLength));
  copy.set(array as never);
  return copy;
}

const sharedActivations = (h: Activations): Activations => ({
  ...h,
  offsets: shared(h.offsets),
  columns: shared(h.columns),
  values: shared(h.values),
});

/** Threads read one copy of the data. */
const sharedTask = (task: LearningTask): LearningTask => ({
  ...task,
  data: {
    ...task.data,
    activations: sharedActivations(task.data.activations),
    labels: shared(task.data.labels),
  },
  queries: sharedActivations(task.queries),
});

/**
 * Digest of everything that decides an outcome besides the job. The model's digest binds what is trained alike: kind, shape
 * (such as LoRA's rank, scale and targets) and schedule.
 */
function taskKey({ spec, data, model, base, queries }: LearningTask, code: string): string {
  const { activations, labels, names } = data;
  const plain = { spec, names, base: base.digest, model: model.digest, code };
  const hash = createHash("sha256").update(JSON.stringify(plain));
  for (const h of [activations, queries]) {
    hash.update(JSON.stringify([h.rows, h.width]));
    for (const array of [h.offsets, h.columns, h.values]) hash.update(bytesOf(array));
  }
  return hash.update(bytesOf(labels)).digest("hex");
}

const jobKey = (task: string, { rows, seed }: RetrainJob): string =>
  createHash("sha256").update(JSON.stringify({ task, seed })).update(bytesOf(rows)).digest("hex");

const timeLeft = (ms: number): string =>
  ms < 90_000 ? `${Math.ceil(ms / 5000) * 5} s` : `${Math.round(ms / 60_000)} min`;

/** "retrain on halves of the rows, about 2 min left" */
function stageWithTime(stage: string, begun: number, done: number, total: number): string {
  if (done === 0 || done === total) return stage;
  const left = ((performance.now() - begun) / done) * (total - done);
  return `${stage}, about ${timeLeft(left)} left`;
}

/** Opens a retrainer. An outcome depends on its job only, never on the thread that made it or on their number. */
export function openRetrainer(task: LearningTask, { workers, store, code }: RetrainerOptions): Retrainer {
  const base = taskKey(task, code);
  const pool =
    workers > 1
      ? new Piscina({
          filename: new URL("./retrain-worker.ts", import.meta.url).href,
          workerData: sharedTask(task),
          minThreads: 0,
          maxThreads: workers,
          idleTimeout: 10_000,
        })
      : undefined;
  const train = async (job: RetrainJob): Promise<Float64Array> =>
    pool === undefined ? outcomeOf(task, job) : ((await pool.run(job)) as Float64Array);

  return {
    async run(jobs, stage, onProgress) {
      const outcomes = jobs.map((job) => store.read(jobKey(base, job)));
      const missing = jobs.flatMap((job, at) => (outcomes[at] === undefined ? [{ job, at }] : []));
      const waiting = missing.length;
      const begun = performance.now();
      let made = 0;
      const report = (): void =>
        onProgress({
          stage: stageWithTime(stage, begun, made, waiting),
          done: jobs.length - waiting + made,
          total: jobs.length,
        });
      report();
      const lane = async (): Promise<void> => {
        for (let next = missing.shift(); next !== undefined; next = missing.shift()) {
          const outcome = await train(next.job);
          store.write(jobKey(base, next.job), outcome);
          outcomes[next.at] = outcome;
          made++;
          report();
          // A turn of the loop, so that progress shows and a signal is heard between two trainings of one thread.
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await Promise.all(Array.from({ length: workers }, lane));
      return outcomes as Float64Array[];
    },
    close: async () => {
      await pool?.destroy();
    },
  };
}
