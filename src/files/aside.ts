import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../core/alive.ts";
import { TributaryError } from "../core/errors.ts";
import { noteDraft } from "./drafts.ts";

/** The name of the folder in which a file is written: `.<name>.part-<process id>-<random>`. */
const temporaryPrefix = (path: string): string => `.${basename(path)}.part-`;

/** Tried again where something writes into the folder at that moment. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

/** Deletes what processes that were killed while writing this file left beside it. */
async function removeLeftovers(path: string): Promise<void> {
  const prefix = temporaryPrefix(path);
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) await rm(join(dirname(path), name), REMOVAL);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const exists = (path: string): TributaryError =>
  new TributaryError("TRB_FILE_EXISTS", "there is a file of this name already, and it is not overwritten", {
    details: path,
    hint: "Choose another name, or say --force to replace it.",
  });

/** @throws TRB_FILE_EXISTS, for a command that would otherwise find out after its work */
export function requireFree(path: string, replace: boolean): void {
  if (!replace && existsSync(path)) throw exists(path);
}

/**
 * Makes a file whole or not at all: `fill` writes it in a folder of its own beside its place, then it is synced and given its
 * name. A process killed half way leaves the old file, or none, under the name; its folder goes with the next writer's. Work
 * that goes on after it was given up finds no folder to make a file in.
 *
 * @param fill writes the file whose path it is given
 * @param replace whether a file of that name may be replaced
 * @throws TRB_FILE_EXISTS when all is done: who has long work to do asks requireFree before
 */
export async function writeAside<T>(
  path: string,
  fill: (temporary: string) => Promise<T>,
  replace: boolean,
): Promise<T> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(path);
  const unique = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const aside = join(folder, temporaryPrefix(path) + unique);
  noteDraft(aside, true);
  await mkdir(aside);
  const temporary = join(aside, basename(path));
  try {
    const result = await fill(temporary);
    await sync(temporary);
    if (replace) await rename(temporary, path);
    else await link(temporary, path);
    await sync(folder);
    return result;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EEXIST" ? exists(path) : error;
  } finally {
    await rm(aside, REMOVAL);
    noteDraft(aside, false);
  }
}
