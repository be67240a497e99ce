import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  type ReadStream,
  readSync,
  type Stats,
} from "node:fs";
import { TributaryError } from "../core/errors.ts";

/** Far above every text that this program writes or is given; requests, owners, records, manifests. */
export const MAX_TEXT_BYTES = 64 * 2 ** 20;

const kindOf = (stats: Stats): string => {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  if (stats.isSocket()) return "a socket";
  return "a device";
};

/** @throws TRB_FILE_NOT_A_FILE for a folder, a pipe, a socket or a device */
function requireRegular(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  throw new TributaryError("TRB_FILE_NOT_A_FILE", "The path is not what was expected there.", {
    details: `${path}: ${kindOf(stats)}`,
    hint: "Give a file: what has no end, or comes only once, is not read.",
  });
}

/**
 * Opens a file that somebody named for reading. A pipe that nobody writes into would keep `open` waiting for ever, so that it is
 * opened without waiting, and refused; on a file that flag means nothing. Node's own errors pass through.
 *
 * @returns the descriptor, and the file's size when it was opened
 * @throws TRB_FILE_NOT_A_FILE for a folder, a pipe, a socket or a device
 */
export function openRegular(path: string): { readonly descriptor: number; readonly size: number } {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    requireRegular(path, stats);
    return { descriptor, size: stats.size };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Streams a file that may be larger than memory. Throws as `openRegular`. */
export const streamRegular = (path: string, highWaterMark: number): ReadStream =>
  createReadStream(path, { fd: openRegular(path).descriptor, highWaterMark });

const tooLarge = (path: string, limit: number): TributaryError =>
  new TributaryError("TRB_FILE_TOO_LARGE", "The file is larger than what is read of its kind.", {
    details: `${path}: more than ${limit} bytes`,
    hint: "Check that it is the file you mean.",
  });

/** Up to `limit` bytes of a descriptor that is at its beginning; undefined where there are more. */
export function readUpTo(descriptor: number, limit: number, expected = 0): Buffer | undefined {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(
      Math.min(Math.max(expected - length, 0) + 1, limit + 1 - length, 2 ** 24),
    );
    const count = readSync(descriptor, part);
    if (count === 0) return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    length += count;
    if (length > limit) return undefined;
    parts.push(part.subarray(0, count));
  }
}

/**
 * A file that somebody named, whole, if it is one and no larger than it may be. Its size is asked first, so that a sparse file of
 * gigabytes is refused at once, and what grows meanwhile is not followed. Node's own errors pass through.
 *
 * @throws TRB_FILE_NOT_A_FILE, TRB_FILE_TOO_LARGE
 */
export function readBounded(path: string, limit: number): Buffer {
  const { descriptor, size } = openRegular(path);
  try {
    const bytes = size > limit ? undefined : readUpTo(descriptor, limit, size);
    if (bytes === undefined) throw tooLarge(path, limit);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}
