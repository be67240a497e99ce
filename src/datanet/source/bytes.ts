import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import { openRegular } from "../../files/bounded.ts";
import { dataNetError } from "../errors.ts";

const CHUNK = 1 << 20;

/** A data file that is being read from its beginning to its end. */
export interface ByteSource {
  /** The first bytes, a megabyte at most; empty for an empty file. Of a file that gzip made, what it holds. */
  readonly head: Buffer;
  /** All bytes, the head too. To be taken once, to the end or until `close`. */
  chunks(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

export const unreadable = (file: string, cause: unknown): Error =>
  dataNetError("FILE_UNREADABLE", "The data file cannot be read.", {
    details: (cause instanceof TributaryError && cause.details) || `${file}: ${(cause as Error).message}`,
    hint: "Check the path and its permissions.",
    cause,
  });

const damagedArchive = (file: string, cause: unknown): Error =>
  dataNetError("BYTES_INVALID", "The file was made by gzip, and is cut short or damaged.", {
    details: `${file}: ${(cause as Error).message}`,
    hint: "Fetch it again, or unpack it with gunzip.",
    cause,
  });

async function* rawChunks(file: string, onProgress?: OnProgress): AsyncGenerator<Buffer> {
  try {
    const { descriptor, size } = openRegular(file);
    const stream = createReadStream(file, { fd: descriptor, highWaterMark: CHUNK });
    let done = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      done += chunk.length;
      yield chunk;
      onProgress?.({ stage: "read", done, total: Math.max(size, done) });
    }
  } catch (error) {
    const own = error instanceof TributaryError || (error as NodeJS.ErrnoException).syscall !== undefined;
    throw own ? unreadable(file, error) : error;
  }
}

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

async function* withHead(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* unpacked(file: string, packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // The error comes to whoever reads.
  pipeline(Readable.from(packed), gunzip, () => {});
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith("Z_") ? damagedArchive(file, error) : error;
  }
}

const firstOf = async (chunks: AsyncGenerator<Buffer>): Promise<Buffer> => {
  const { value, done } = await chunks.next();
  return done === true ? Buffer.alloc(0) : value;
};

/**
 * Opens a data file; what gzip made is unpacked on the way.
 *
 * @throws TRB_DATANET_FILE_UNREADABLE, TRB_DATANET_BYTES_INVALID; so do the chunks
 */
export async function openBytes(file: string, onProgress?: OnProgress): Promise<ByteSource> {
  const raw = rawChunks(file, onProgress);
  const first = await firstOf(raw);
  const chunks = isGzip(first) ? unpacked(file, withHead(first, raw)) : raw;
  const head = isGzip(first) ? await firstOf(chunks) : first;
  return {
    head,
    chunks: () => withHead(head, chunks),
    close: async () => {
      await chunks.return(undefined);
    },
  };
}
