import { open } from "node:fs/promises";
import { TributaryError } from "../core/errors.ts";
import { writeAside } from "./aside.ts";

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
 * Makes a file whole or not at all, in the place of one that is there: see writeAside.
 *
 * @param write makes a new file under the name it gets
 * @throws TRB_FILE_WRITE where the system refuses, and what `write` throws
 */
export async function makeFileWhole(path: string, write: (path: string) => Promise<void>): Promise<void> {
  try {
    await writeAside(path, write, true);
  } catch (error) {
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
    } finally {
      await handle.close();
    }
  });
