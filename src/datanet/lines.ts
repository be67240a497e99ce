import { isUtf8 } from "node:buffer";
import { createReadStream, type ReadStream } from "node:fs";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { openRegular } from "../files/bounded.ts";
import { dataNetError, lineError } from "./errors.ts";

/** Consecutive lines of a file without their line feeds; the first has the number `first`, from 1. */
export interface LineBlock {
  readonly first: number;
  readonly lines: readonly string[];
}

const CHUNK = 1 << 20;
const MAX_LINE_BYTES = 1 << 23;
const LINE_FEED = 10;
const BYTE_ORDER_MARK = "\ufeff";

function decode(bytes: Buffer, first: number): LineBlock {
  if (!isUtf8(bytes)) {
    let start = 0;
    for (let line = first; ; line++) {
      const end = bytes.indexOf(LINE_FEED, start);
      const part = bytes.subarray(start, end < 0 ? bytes.length : end);
      if (!isUtf8(part)) {
        const hint = "Save the file as UTF-8 (not UTF-16 or Latin-1).";
        throw lineError("BYTES_INVALID", "The file is not UTF-8.", line, "its bytes are not UTF-8", hint);
      }
      start = end + 1;
    }
  }
  const text = bytes.toString("utf8");
  const content = first === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  return { first, lines: content.split("\n") };
}

function open(file: string): { stream: ReadStream; size: number } {
  try {
    const { descriptor, size } = openRegular(file);
    return { stream: createReadStream(file, { fd: descriptor, highWaterMark: CHUNK }), size };
  } catch (error) {
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, cause: unknown): Error =>
  dataNetError("FILE_UNREADABLE", "The data file cannot be read.", {
    details: (cause instanceof TributaryError && cause.details) || `${file}: ${(cause as Error).message}`,
    hint: "Check the path and its permissions.",
    cause,
  });

/**
 * The lines of a UTF-8 file, a megabyte at a time; a byte order mark is dropped. Carriage returns are left to the format.
 *
 * @throws TRB_DATANET_FILE_UNREADABLE, TRB_DATANET_BYTES_INVALID, TRB_DATANET_LINE_TOO_LONG
 */
export async function* readLines(file: string, onProgress?: OnProgress): AsyncGenerator<LineBlock> {
  const { stream, size } = open(file);
  let rest: Buffer = Buffer.alloc(0);
  let first = 1;
  let done = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      done += chunk.length;
      const end = chunk.lastIndexOf(LINE_FEED);
      if (end < 0) {
        rest = Buffer.concat([rest, chunk]);
        if (rest.length > MAX_LINE_BYTES) {
          const hint = "Rows are separated by line feeds.";
          throw lineError(
            "LINE_TOO_LONG",
            "A line is too long.",
            first,
            `over ${MAX_LINE_BYTES} bytes`,
            hint,
          );
        }
      } else {
        const block = decode(Buffer.concat([rest, chunk.subarray(0, end)]), first);
        rest = chunk.subarray(end + 1);
        first += block.lines.length;
        yield block;
      }
      onProgress?.({ stage: "read", done, total: Math.max(size, done) });
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : unreadable(file, error);
  }
  if (rest.length > 0) yield decode(rest, first);
}
