import { type FileHandle, open } from "node:fs/promises";
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync } from "hyparquet";
import { TributaryError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { dataNetError } from "../errors.ts";
import { unreadable } from "./bytes.ts";

/** What hyparquet throws is an Error of any kind, a RangeError above all: the file is not what it says of itself. */
export function parquetError(file: string, cause: unknown): unknown {
  if (cause instanceof TributaryError) return cause;
  if ((cause as NodeJS.ErrnoException).syscall !== undefined) return unreadable(file, cause);
  return dataNetError("PARQUET_MALFORMED", "The Parquet file cannot be read.", {
    details: `${file}: ${(cause as Error).message}`,
    hint: "Fetch or write it again; encryption and a part of a larger file are not read.",
    cause,
  });
}

/** A file as hyparquet asks for it: by slices, each inside of the file. */
function bufferOf(handle: FileHandle, byteLength: number): AsyncBuffer {
  const read = async (start: number, end: number): Promise<ArrayBuffer> => {
    const inside = Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 <= start && start <= end;
    if (!inside || end > byteLength) throw new RangeError(`bytes ${start} to ${end} of ${byteLength}`);
    const bytes = new Uint8Array(end - start);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
      if (bytesRead === 0) throw new RangeError("the file became shorter");
      at += bytesRead;
    }
    return bytes.buffer;
  };
  return {
    byteLength,
    slice(start, end = byteLength) {
      const bytes = read(start, end);
      // hyparquet asks ahead, and leaves what it asked where it finds the file damaged: that rejection would end the process.
      bytes.catch(() => {});
      return bytes;
    },
  };
}

/** An open Parquet file. */
export interface ParquetFile {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  close(): Promise<void>;
}

/** @throws TRB_DATANET_PARQUET_MALFORMED, TRB_DATANET_FILE_UNREADABLE */
export async function openParquet(file: string): Promise<ParquetFile> {
  let handle: FileHandle | undefined;
  try {
    const opened = await open(file);
    handle = opened;
    const buffer = bufferOf(opened, (await opened.stat()).size);
    const metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
    return { buffer, metadata, close: () => opened.close() };
  } catch (error) {
    await handle?.close();
    throw parquetError(file, error);
  }
}

/** What Hugging Face's `datasets` says of a column: ClassLabel with names for its numbers, Image, Audio, Value and others. */
export interface HubFeature {
  readonly type: string;
  readonly names: readonly string[] | null;
}

/** The features that `datasets` wrote into a file; none where another tool wrote it. */
export function hubFeatures({
  key_value_metadata: entries = [],
}: FileMetaData): ReadonlyMap<string, HubFeature> {
  const text = entries.find(({ key }) => key === "huggingface")?.value;
  const found = new Map<string, HubFeature>();
  try {
    const json = parseJson(text ?? "{}") as { info?: { features?: Record<string, unknown> } } | null;
    for (const [column, feature] of Object.entries(json?.info?.features ?? {})) {
      const { _type: type, names } = (feature ?? {}) as { _type?: unknown; names?: unknown };
      if (typeof type !== "string") continue;
      const strings = Array.isArray(names) && names.every((name) => typeof name === "string");
      found.set(column, { type, names: strings ? names : null });
    }
  } catch {
    // Not JSON: the columns are read as they stand.
  }
  return found;
}
