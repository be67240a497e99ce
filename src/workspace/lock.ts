import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isAlive } from "../core/alive.ts";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { explainFileError } from "../files/disk.ts";

const processSchema = z.object({
  pid: z.int().positive(),
  /** Start of the process in clock ticks since boot, where the system says it: tells a reused pid apart. */
  started: z.string(),
});
const holderSchema = processSchema.extend({
  host: z.string(),
  command: z.string(),
  /** The process that does the holder's work: it may outlive a holder that is killed, and still be writing. */
  worker: processSchema.optional(),
});
type Holder = z.infer<typeof holderSchema>;

/** Field 22 of /proc/PID/stat; "" where there is no such file. The command name may hold spaces, so count from its ")". */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

const identityOf = (pid: number): z.infer<typeof processSchema> => ({ pid, started: startOf(pid) });

/** A process that cannot be judged (no permission to signal it) counts as running. */
function isRunning({ pid, started }: z.infer<typeof processSchema>): boolean {
  if (!isAlive(pid)) return false;
  const now = startOf(pid);
  return started === "" || now === "" || started === now;
}

/** The process that has a lock, or had and left a worker; undefined where none runs. One on another host cannot be judged, and counts as running. */
function runningOf(holder: Holder): number | undefined {
  const { worker, host, pid } = holder;
  if (host !== hostname() || isRunning(holder)) return pid;
  return worker !== undefined && isRunning(worker) ? worker.pid : undefined;
}

function readHolder(path: string): Holder | undefined {
  try {
    return holderSchema.parse(parseJson(readFileSync(path, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new TributaryError("TRB_WORKSPACE_LOCK_UNREADABLE", "The workspace's lock cannot be read.", {
      details: path,
      hint: "If no tributary process uses this workspace, delete that file.",
      cause: error,
    });
  }
}

/** Creates `path` with our name in it at once (a link to a finished file), or answers false if it exists. */
function create(path: string, command: string): boolean {
  const me: Holder = { ...identityOf(process.pid), host: hostname(), command };
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(draft, JSON.stringify(me), { flag: "wx" });
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw explainFileError(error, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes the lock of a dead process. A second lock guards the removal: without it, two processes could both
 * judge the old lock dead, and the slower one would delete the quicker one's new lock.
 */
async function removeDead(path: string, command: string): Promise<void> {
  const guard = `${path}.takeover`;
  for (let attempt = 0; attempt < 20; attempt++) {
    if (create(guard, command)) {
      try {
        const holder = readHolder(path);
        if (holder && runningOf(holder) === undefined) rmSync(path, { force: true });
      } finally {
        rmSync(guard, { force: true });
      }
      return;
    }
    await sleep(50);
  }
  throw new TributaryError(
    "TRB_WORKSPACE_LOCK_UNREADABLE",
    "A process died while it replaced the workspace's lock.",
    {
      details: guard,
      hint: "If no tributary process uses this workspace, delete that file.",
    },
  );
}

/** The locks of this process. */
const mine = new Set<string>();

/**
 * Writes into this process's locks that another process does its work. From then on they are held as long as either runs, so
 * that nobody writes beside a worker whose holder was killed. To be called before that process writes anything.
 */
export function nameWorker(pid: number): void {
  for (const path of mine) {
    const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
    writeFileSync(draft, JSON.stringify({ ...readHolder(path), worker: identityOf(pid) }), { flag: "wx" });
    renameSync(draft, path);
  }
}

/** Who has a lock, in words. */
export type HeldBy = string;

/**
 * Takes the lock file at `path`, whose folder is there, or says who has it. The lock of a process that is gone is replaced; that
 * of a live one never.
 *
 * @returns the release, to be called once; leaving the process without it is safe
 */
export async function tryLock(path: string, command: string): Promise<(() => void) | HeldBy> {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path, command)) {
      mine.add(path);
      return () => {
        mine.delete(path);
        rmSync(path, { force: true });
      };
    }
    const holder = readHolder(path);
    if (!holder) continue;
    const running = runningOf(holder);
    if (running !== undefined) return `${holder.command}, process ${running} on ${holder.host}`;
    await removeDead(path, command);
  }
  return path;
}
