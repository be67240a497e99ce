import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";

/** Writes a new file, and returns when it is on the disk. Node's own errors pass through. */
export function writeSynced(path: string, content: Uint8Array | string, mode: number): void {
  const handle = openSync(path, "wx", mode);
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
