import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { TributaryError, type TributaryErrorOptions } from "../core/errors.ts";
import { interruptible } from "../core/interruptible.ts";
import { parseJson } from "../core/json.ts";
import type { OnProgress, Progress } from "../core/progress.ts";
import { toJson } from "../files/disk.ts";
import { noteDraft, watchDrafts } from "../files/drafts.ts";
import { nameWorker } from "../workspace/lock.ts";
import { explainError } from "./errors.ts";
import type { Outcome } from "./output.ts";

/*
 * Training and building compute for minutes without giving the event loop a turn. Their work has a process of its own, so that the
 * one at the terminal sees Ctrl-C, draws the bar and gives the locks back. (Not a thread: web-worker, which snarkjs stands on, takes
 * every thread that loads it for one of its own.)
 */

const MAIN = fileURLToPath(new URL("./work-main.ts", import.meta.url));

type Plain = { readonly code: `TRB_${string}`; readonly message: string } & TributaryErrorOptions;

type Message =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "draft"; readonly path: string; readonly begun: boolean }
  | { readonly kind: "outcome"; readonly outcome: Outcome | undefined }
  | { readonly kind: "error"; readonly error: Plain };

interface Watching {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/**
 * Runs this process's command line in a process of its own, which ends with it.
 *
 * @throws TRB_CANCELLED, and what the command throws
 */
export async function runInProcess({ onProgress, signal }: Watching): Promise<Outcome | undefined> {
  const child = fork(MAIN, process.argv.slice(2), { serialization: "advanced" });
  const { promise, resolve, reject } = Promise.withResolvers<Outcome | undefined>();
  const gone = once(child, "exit");
  child.on("message", (message: Message) => {
    if (message.kind === "progress") onProgress(message.progress);
    else if (message.kind === "draft") noteDraft(message.path, message.begun);
    else if (message.kind === "outcome") resolve(message.outcome);
    else reject(new TributaryError(message.error.code, message.error.message, message.error));
  });
  child.on("error", reject);
  child.on("exit", (code, by) => reject(ended(by ?? `code ${code}`)));
  try {
    // One that could not be started has no number, and an error that says why.
    if (child.pid !== undefined) nameWorker(child.pid);
    child.send("named");
    return await interruptible(signal, () => promise);
  } finally {
    child.kill("SIGKILL");
    await gone;
  }
}

const ended = (how: string): TributaryError =>
  new TributaryError("TRB_CLI_ENDED", "The process that does the work has ended.", {
    details: how,
    hint: "Where the system was out of memory it is SIGKILL. Nothing half-done was kept.",
  });

let parent: number | undefined;

/** Whether this process is one that `runInProcess` started. */
export const isWorkProcess = (): boolean => parent !== undefined;

/** Tells the process at the terminal. One that is not there any more has lost its locks: then nothing may be written. */
function post(message: Message): void {
  if (process.ppid !== parent) process.exit(1);
  process.send!(message);
}

/**
 * Makes this process one that works for another, once that one's locks name it. Signals reach both from a terminal; the other one
 * decides.
 */
export async function becomeWorkProcess(): Promise<void> {
  parent = process.ppid;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
  process.once("disconnect", () => process.exit(1));
  watchDrafts((path, begun) => post({ kind: "draft", path, begun }));
  await once(process, "message");
}

/** Does the work, and hands its answer over. */
export async function answer(work: (watching: Watching) => Promise<Outcome | undefined>): Promise<void> {
  const { signal } = new AbortController();
  const outcome = await work({ onProgress: (progress) => post({ kind: "progress", progress }), signal });
  // As plain as it is printed: classes do not cross processes.
  const plain = outcome && { ...outcome, data: parseJson(toJson(outcome.data)) as Outcome["data"] };
  post({ kind: "outcome", outcome: plain });
}

/** Hands an error over, as what a user is told. */
export async function answerError(error: unknown): Promise<void> {
  const { code, message, details, hint } = await explainError(error);
  post({
    kind: "error",
    error: { code, message, ...(details !== undefined && { details }), ...(hint !== undefined && { hint }) },
  });
}
