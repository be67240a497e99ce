import { createHash, type Hash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import { requireFree } from "../../files/aside.ts";
import { streamRegular } from "../../files/bounded.ts";
import { type PowersOfTauFile, powersOfTauBytes } from "../../params/powers-of-tau.ts";
import { type OpenedDownload, openDownload } from "./download.ts";

/** Contributions and headers beside the points: the published files have 83 kB of them. */
const EXTRA_BYTES = 2 ** 20;

export interface FetchOptions {
  /** Where the file is: https, or http on loopback. */
  readonly url: URL;
  readonly out: string;
  readonly force: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: OnProgress;
}

export interface Fetched {
  readonly bytes: number;
  /** Bytes that an earlier, interrupted run had brought. */
  readonly resumedFrom: number;
}

/** The size of what an earlier run left, and its running hash. */
async function partial(path: string, limit: number): Promise<{ size: number; hash: Hash }> {
  const hash = createHash("blake2b512");
  const size = existsSync(path) ? (await stat(path)).size : 0;
  if (size === 0) return { size, hash };
  if (size > limit) {
    await rm(path);
    return { size: 0, hash };
  }
  await pipeline(streamRegular(path, 2 ** 20), hash, { end: false });
  return { size, hash };
}

/** @throws TRB_FILE_DISK_FULL */
async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new TributaryError("TRB_FILE_DISK_FULL", "There is not enough room for the powers of tau.", {
    details: `${folder}: ${bavail * bsize} bytes are free, ${bytes} are needed`,
    hint: "Make room, or choose another folder with --out.",
  });
}

/** Appends the body to the file, hashing as it goes. Every chunk that arrived is kept when the connection ends. */
async function append(
  path: string,
  { body, from }: OpenedDownload,
  hash: Hash,
  { limit, onProgress, total }: { limit: number; total: number; onProgress: OnProgress },
): Promise<number> {
  const handle = await open(path, from === 0 ? "w" : "a");
  let size = from;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) throw tooLong(path, limit);
      await handle.writeFile(chunk);
      hash.update(chunk);
      onProgress({ stage: "powers of tau", done: size, total: Math.max(total, size) });
    }
    await handle.sync();
    return size;
  } finally {
    await handle.close();
  }
}

const tooLong = (path: string, limit: number): TributaryError =>
  new TributaryError("TRB_FETCH_SIZE", "The server sends more than the file has.", {
    details: `${path}: more than ${limit} bytes`,
    hint: "Give another --url.",
  });

/**
 * Brings a published phase-1 file and keeps it only where its digest is the published one. What arrives is written to
 * `<out>.part`; a run that was cut off leaves that and the next one goes on behind it.
 *
 * @throws TRB_FILE_EXISTS, TRB_FILE_DISK_FULL, TRB_FETCH_URL, TRB_FETCH_OFFLINE,
 * TRB_FETCH_STATUS, TRB_FETCH_CUT, TRB_FETCH_SIZE, TRB_FETCH_DIGEST, TRB_CANCELLED
 */
export async function fetchPowersOfTau(
  file: PowersOfTauFile,
  { url, out, force, signal, onProgress }: FetchOptions,
): Promise<Fetched> {
  requireFree(out, force);
  const folder = dirname(out);
  await mkdir(folder, { recursive: true });
  const part = `${out}.part`;
  const limit = powersOfTauBytes(file.power) + EXTRA_BYTES;
  let { size: resumedFrom, hash } = await partial(part, limit);
  await requireRoom(folder, limit - resumedFrom);
  const download = await openDownload(url, resumedFrom, signal);
  if (download.from !== resumedFrom) {
    hash = createHash("blake2b512");
    resumedFrom = 0;
  }
  const bytes = await append(part, download, hash, {
    limit,
    total: powersOfTauBytes(file.power),
    onProgress,
  });
  const digest = hash.digest("hex");
  if (digest !== file.blake2b) {
    await rm(part, { force: true });
    throw new TributaryError("TRB_FETCH_DIGEST", "The file is not the published one; it was deleted.", {
      details: `${url}: BLAKE2b-512 ${digest}, published ${file.blake2b}`,
      hint: "Try again; if it stays, give another --url.",
    });
  }
  await rename(part, out);
  return { bytes, resumedFrom };
}
