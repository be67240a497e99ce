import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

export interface Section {
  readonly id: number;
  readonly content: readonly Uint8Array[];
}

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

/**
 * Writes a file whole or not at all: beside its place, synced, then renamed over it. A process
 * killed half way leaves the old file, or none, under the name.
 *
 * @param parts the contents, in order
 */
export async function writeFileWhole(path: string, parts: Iterable<Uint8Array>): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(path);
  const unique = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const temporary = join(folder, temporaryPrefix(path) + unique);
  try {
    const handle = await open(temporary, "wx");
    try {
      for (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function* containerParts(
  magic: string,
  version: number,
  sections: readonly Section[],
): Generator<Uint8Array> {
  const header = Buffer.alloc(12);
  header.write(magic, "latin1");
  header.writeUInt32LE(version, 4);
  header.writeUInt32LE(sections.length, 8);
  yield header;
  for (const { id, content } of sections) {
    const head = Buffer.alloc(12);
    head.writeUInt32LE(id);
    head.writeBigUInt64LE(BigInt(content.reduce((sum, part) => sum + part.length, 0)), 4);
    yield head;
    yield* content;
  }
}

/** Writes the container that `openSectionFile` reads, whole or not at all. */
export const writeSectionFile = (
  path: string,
  magic: string,
  version: number,
  sections: readonly Section[],
): Promise<void> => writeFileWhole(path, containerParts(magic, version, sections));
