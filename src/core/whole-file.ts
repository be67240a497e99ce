import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { TributaryError } from "./errors.ts";

/** A temporary file's name: `.<name>.part-<process id>-<random>`. */
const temporaryPrefix = (path: string): string => `.${basename(path)}.part-`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Deletes what processes that were killed while writing this file left beside it. */
async function removeLeftovers(path: string): Promise<void> {
  const prefix = temporaryPrefix(path);
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) await rm(join(dirname(path), name), { force: true });
  }
}

/** The system's own errors with what to do about them; other ones as they are. */
function explained(error: unknown, path: string): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new TributaryError("TRB_FILE_WRITE", "a file could not be written", {
    cause: error,
    details: `${path}: ${message}`,
    hint: "Look whether the disk is full and whether the folder can be written to.",
  });
}

/**
 * Makes a file whole or not at all: `write` makes it beside its place, and it is renamed over it when
 * that is done. A process killed half way leaves the old file, or none, under the name.
 *
 * @param write makes a new file under the name it gets, and syncs it
 * @throws TRB_FILE_WRITE where the system refuses, and what `write` throws
 */
export async function makeFileWhole(path: string, write: (path: string) => Promise<void>): Promise<void> {
  const folder = dirname(path);
  const unique = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const temporary = join(folder, temporaryPrefix(path) + unique);
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(path);
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw explained(error, path);
  }
}

/**
 * Writes a file whole or not at all: beside its place, synced, then renamed over it.
 *
 * @param parts the contents, in order
 */
export const writeFileWhole = (path: string, parts: Iterable<Uint8Array>): Promise<void> =>
  makeFileWhole(path, async (temporary) => {
    const handle = await open(temporary, "wx");
    try {
      for (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
