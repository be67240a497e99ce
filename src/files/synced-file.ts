import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { openRegular } from "./bounded.ts";

/** Bytes that come part by part, so that a file may be larger than memory. */
export type Parts = Iterable<Uint8Array>;

const PART = 1 << 22;

/** Writes a new file, and returns when it is on the disk. Node's own errors pass through. */
export function writeSynced(path: string, content: Uint8Array | string | Parts, mode: number): void {
  const handle = openSync(path, "wx", mode);
  try {
    const whole = typeof content === "string" ? Buffer.from(content) : content;
    for (const bytes of whole instanceof Uint8Array ? [whole] : whole) {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A file's bytes in parts of four megabytes; a part is good until the next one is asked for. Node's own errors pass through. */
export function* fileParts(path: string): Generator<Uint8Array> {
  const handle = openRegular(path).descriptor;
  try {
    const buffer = new Uint8Array(PART);
    for (;;) {
      const count = readSync(handle, buffer);
      if (count === 0) return;
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(handle);
  }
}
