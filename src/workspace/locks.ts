import { mkdirSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TributaryError } from "../core/errors.ts";
import { interruptible } from "../core/interruptible.ts";
import { explainFileError } from "../files/disk.ts";
import { type HeldBy, tryLock } from "./lock.ts";

/**
 * What of a workspace has one writer at a time, each kind with a lock of its own, in the order in which they are taken: all
 * processes take them in this one order, so no two wait for each other.
 */
export const RECORDS = [
  "chain",
  "keystore",
  "datanet",
  "models",
  "indexes",
  "registry",
  "traces",
  "batches",
  "proofs",
] as const;
export type RecordKind = (typeof RECORDS)[number];

/** How long a command waits for another one. */
export interface Waiting {
  /** 0: not at all. */
  readonly seconds: number;
  /** Told once of each lock that has to be waited for. */
  readonly onWait: (what: string, who: HeldBy) => void;
  readonly signal?: AbortSignal | undefined;
}

const AT_ONCE: Waiting = { seconds: 0, onWait: () => {} };
const POLL_MS = 200;

type Release = () => void;

/** Makes a folder where it is missing. @returns removes what was made, as far as it is empty */
function borrowFolder(folder: string): Release {
  let first: string | undefined;
  try {
    first = mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw explainFileError(error, folder);
  }
  if (first === undefined) return () => {};
  return () => {
    for (let path = folder; path.length >= first.length; path = dirname(path)) {
      try {
        rmdirSync(path);
      } catch {
        // Something was written, or another process is at work there: then it stays.
        return;
      }
    }
  };
}

/** Another process may have removed the folder that it had made, between ours and our lock in it. */
function folderGone(error: unknown, path: string): undefined {
  if (!(error instanceof TributaryError && error.code === "TRB_FILE_NOT_FOUND")) throw error;
  mkdirSync(dirname(path), { recursive: true });
}

async function take(
  path: string,
  what: string,
  command: string,
  { seconds, onWait, signal }: Waiting,
): Promise<Release> {
  const until = performance.now() + 1000 * seconds;
  for (let told = false; ; told = true) {
    const taken = await tryLock(path, command).catch((error: unknown) => folderGone(error, path));
    if (taken === undefined) continue;
    if (typeof taken !== "string") return taken;
    if (performance.now() >= until) {
      throw new TributaryError("TRB_WORKSPACE_LOCKED", `Another process is writing ${what}.`, {
        details: taken,
        hint: "Wait until it ends, let this one wait with --wait, or name another folder (--dir; of a demo --out).",
      });
    }
    if (!told) onWait(what, taken);
    await interruptible(signal, () => sleep(POLL_MS));
  }
}

async function takeAll(
  folder: string,
  files: readonly { readonly name: string; readonly what: string }[],
  command: string,
  waiting: Waiting,
): Promise<Release> {
  const undo: Release[] = [borrowFolder(folder)];
  const release = (): void => {
    for (const step of undo.splice(0).reverse()) step();
  };
  try {
    for (const { name, what } of files) {
      undo.push(await take(join(folder, name), what, command, waiting));
    }
    return release;
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Makes this process the only one that writes these kinds of records in a workspace. What others write meanwhile, they write
 * whole, so that reading needs no lock.
 *
 * @returns the release; it also removes the workspace's folder where there was none and nothing was written
 * @throws TRB_WORKSPACE_LOCKED, TRB_WORKSPACE_LOCK_UNREADABLE, TRB_CANCELLED
 */
export function lockRecords(
  folder: string,
  kinds: readonly RecordKind[],
  command: string,
  waiting: Waiting = AT_ONCE,
): Promise<Release> {
  const files = RECORDS.filter((kind) => kinds.includes(kind)).map((kind) => ({
    name: `lock-${kind}`,
    what: `this workspace's ${kind === "chain" ? "chain record" : kind}`,
  }));
  return takeAll(folder, files, command, waiting);
}

/** The same of a folder of results, which has one writer. */
export const lockFolder = (folder: string, command: string, waiting: Waiting = AT_ONCE): Promise<Release> =>
  takeAll(folder, [{ name: "lock", what: "into this folder" }], command, waiting);
