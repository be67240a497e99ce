import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { MAX_TEXT_BYTES, readBounded } from "./bounded.ts";
import { noteDraft } from "./drafts.ts";
import { SpillFile } from "./spill-file.ts";
import { writeSynced } from "./synced-file.ts";

/** Mode of files that hold secrets: readable by their owner only. */
export const SECRET = 0o600;
const PLAIN = 0o644;
export const SECRET_FOLDER = 0o700;
const PLAIN_FOLDER = 0o755;

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, synced, then renamed over it.
 * A process killed half way leaves the old file (or none) under the name.
 *
 * @throws TRB_FILE_DISK_FULL, TRB_FILE_ACCESS
 */
export function writeWhole(path: string, content: string | Uint8Array, mode = PLAIN): void {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  noteDraft(temporary, true);
  try {
    mkdirSync(folder, { recursive: true });
    writeSynced(temporary, content, mode);
    renameSync(temporary, path);
    syncFolder(folder);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw explainFileError(error, path);
  } finally {
    noteDraft(temporary, false);
  }
}

/**
 * Makes a folder whole or not at all: `fill` writes into a draft beside it, which is then renamed. The folder must not
 * be there yet.
 */
export async function writeFolder(
  path: string,
  fill: (draft: string) => Promise<void> | void,
  mode = PLAIN_FOLDER,
): Promise<void> {
  const draft = join(
    dirname(path),
    `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`,
  );
  noteDraft(draft, true);
  try {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(draft, { mode });
    await fill(draft);
    renameSync(draft, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw explainFileError(error, path);
  } finally {
    noteDraft(draft, false);
  }
}

/** Makes a folder and those above it where they are missing. @throws TRB_FILE_ACCESS, TRB_FILE_NOT_A_FILE */
export function ensureFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/**
 * Lends some work files without a name in a folder that is there, as many as it opens; nothing of them is left.
 *
 * @throws TRB_FILE_DISK_FULL, TRB_FILE_ACCESS
 */
export async function withSpills<T>(folder: string, work: (open: () => SpillFile) => Promise<T>): Promise<T> {
  const spills: SpillFile[] = [];
  const open = (): SpillFile => {
    const spill = new SpillFile(folder);
    spills.push(spill);
    return spill;
  };
  try {
    return await work(open);
  } catch (error) {
    throw explainFileError(error, folder);
  } finally {
    for (const spill of spills) spill.close();
  }
}

/** The same with one file. */
export const withSpill = <T>(folder: string, work: (spill: SpillFile) => Promise<T>): Promise<T> =>
  withSpills(folder, (open) => work(open()));

/** Removes a file or a folder with all that is in it; nothing happens where there is none. */
export function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** A file system's error as one that says what to do; anything else is returned as it is. */
export function explainFileError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const options = { details: path, cause: error };
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new TributaryError(
        "TRB_FILE_DISK_FULL",
        "The disk is full, or a quota is: nothing was changed.",
        {
          ...options,
          hint: "Make room, then run the same command again: what was finished is kept.",
        },
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new TributaryError("TRB_FILE_ACCESS", "The file system refuses access.", {
        ...options,
        hint: "Check the owner and the permissions of the path, or choose another folder with --dir.",
      });
    case "ENOENT":
      return new TributaryError("TRB_FILE_NOT_FOUND", "There is no such file.", {
        ...options,
        hint: "Check the path.",
      });
    case "EISDIR":
    case "ENOTDIR":
    case "EEXIST":
      return new TributaryError("TRB_FILE_NOT_A_FILE", "The path is not what was expected there.", {
        ...options,
        hint: "A file stands where a folder should, or the other way round.",
      });
    default:
      return error;
  }
}

/**
 * @param limit the most bytes that a file of its kind has
 * @throws TRB_FILE_NOT_FOUND, TRB_FILE_ACCESS, TRB_FILE_NOT_A_FILE, TRB_FILE_TOO_LARGE
 */
export function readText(path: string, limit = MAX_TEXT_BYTES): string {
  try {
    return readBounded(path, limit).toString("utf8");
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** JSON text with bigints as decimal strings and bytes as hex. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, entry: unknown) => {
      if (typeof entry === "bigint") return entry.toString();
      if (entry instanceof Uint8Array) return `0x${Buffer.from(entry).toString("hex")}`;
      return entry;
    },
    indent,
  );
}

/** Writes a value as indented JSON, whole or not at all. */
export function writeJson(path: string, value: unknown, mode = PLAIN): void {
  writeWhole(path, `${toJson(value, 2)}\n`, mode);
}

/**
 * Reads a JSON file of a known shape.
 *
 * @throws TRB_FILE_MALFORMED besides readText's
 */
export function readJson<T>(path: string, schema: z.ZodType<T>): T {
  const text = readText(path);
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw new TributaryError("TRB_FILE_MALFORMED", "The file is not JSON.", {
      details: `${path}: ${(cause as Error).message}`,
      hint: "It was cut short or edited: make it again with the command that wrote it.",
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new TributaryError("TRB_FILE_MALFORMED", "The file does not have the expected fields.", {
    details: `${path}: ${issue.path.join(".") || "top level"}: ${issue.message}`,
    hint: "It was written by another version or edited: make it again with the command that wrote it.",
  });
}
