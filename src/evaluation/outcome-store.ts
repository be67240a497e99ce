import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../files/artifact.ts";
import { writeWhole } from "../files/disk.ts";
import { bytesOf } from "../files/typed-bytes.ts";

/** Where outcomes of retrained models are kept between runs: one file each, named by what decides its content. */
export interface OutcomeStore {
  /** Undefined where it was never made, or is not whole. */
  read(key: string): Float64Array | undefined;
  write(key: string, outcome: Float64Array): void;
}

const DIGEST_BYTES = 32;
const digestOf = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** A store in a folder. Each file begins with the SHA-256 of the rest: what was cut short is made again. */
export function outcomeStore(folder: string): OutcomeStore {
  const path = (key: string): string => join(folder, `${key}.f64`);
  return {
    read(key) {
      if (!existsSync(path(key))) return undefined;
      const bytes = readFileSync(path(key));
      const body = Uint8Array.from(bytes.subarray(DIGEST_BYTES));
      if (body.length % 8 !== 0 || !digestOf(body).equals(bytes.subarray(0, DIGEST_BYTES))) return undefined;
      return new Float64Array(body.buffer);
    },
    write(key, outcome) {
      const body = bytesOf(outcome);
      writeWhole(path(key), Buffer.concat([digestOf(body), body]));
    },
  };
}

/** A store that forgets: for tests and runs without a folder. */
export function memoryStore(): OutcomeStore {
  const kept = new Map<string, Float64Array>();
  return { read: (key) => kept.get(key), write: (key, outcome) => void kept.set(key, outcome) };
}

/** Folders that training lives in: its own station, and the numbers' room, which has the networks that LoRA is trained through. */
export const TRAINING = ["../model/", "../numeric/"] as const;

function sourcesIn(folder: string): string[] {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => readFileSync(join(path, name), "utf8"));
}

/** The training code's own digest: outcomes of another version of it are not taken for this one's. */
export const trainingCode = (): string => sha256(TRAINING.flatMap(sourcesIn).join("\0"));
