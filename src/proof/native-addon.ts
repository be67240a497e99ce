import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";

/** Stops the work that it was given to. */
interface Cancellation {
  cancel(): void;
}

type Report = (stage: string, done: number, total: number) => void;

/** What prover/native offers. Scalars are 32 plain little-endian bytes each. */
export interface NativeAddon {
  readonly Cancellation: new () => Cancellation;
  /** @param trapdoor τ, α, β, δ */
  writeDevelopmentKey(
    r1cs: string,
    zkey: string,
    trapdoor: Uint8Array,
    threads: number,
    cancellation: Cancellation,
    report: Report,
  ): Promise<void>;
  writeDevelopmentSrs(
    ptau: string,
    length: number,
    tau: Uint8Array,
    threads: number,
    cancellation: Cancellation,
    report: Report,
  ): Promise<void>;
  /** @param inputs of the circuit's wires 1, 2, … @returns the witness in circom's `.wtns` format */
  solveWitness(
    r1cs: string,
    inputs: Uint8Array,
    cancellation: Cancellation,
    report: Report,
  ): Promise<Uint8Array>;
}

/** Where `make native` puts the compiled crate. */
const ADDON = fileURLToPath(new URL("../../prover/native/tributary.node", import.meta.url));

let loaded: NativeAddon | undefined;

/**
 * The native code, where it was built; undefined where it was not.
 *
 * @throws TRB_PROOF_NATIVE where it was built for another machine
 */
export function nativeAddon(): NativeAddon | undefined {
  if (loaded !== undefined || !existsSync(ADDON)) return loaded;
  try {
    loaded = createRequire(import.meta.url)(ADDON) as NativeAddon;
  } catch (cause) {
    throw new TributaryError("TRB_PROOF_NATIVE", "the native prover does not load", {
      cause,
      details: `${ADDON}: ${(cause as Error).message}`,
      hint: "Run `make native` on this machine, or delete the file: everything works without it, slower.",
    });
  }
  return loaded;
}

export interface NativeOptions {
  /** Default: one for each core. */
  readonly threads?: number;
  readonly onProgress?: OnProgress;
  /** Looked at many times a second. */
  readonly signal?: AbortSignal;
}

/** How many threads native work takes where nobody says otherwise. */
export const nativeThreads = ({ threads }: NativeOptions): number =>
  Math.max(1, threads ?? availableParallelism());

const HINTS: Readonly<Record<string, string>> = {
  TRB_FILE_MISSING: "Run `make setup`.",
  TRB_FILE_CORRUPT: "Delete it and run `make setup`.",
  TRB_FILE_WRITE: "Look whether the disk is full and whether the folder can be written to.",
  TRB_NATIVE_MEMORY: "Run it on a machine with more memory.",
};

/** The crate's errors arrive as code, message and details on lines of their own. */
function decode(cause: unknown): unknown {
  const [code, message, ...details] = String((cause as Error).message).split("\n");
  if (!code?.startsWith("TRB_") || message === undefined) return cause;
  const hint = HINTS[code];
  return new TributaryError(code as `TRB_${string}`, message, {
    cause,
    details: details.join("\n"),
    ...(hint === undefined ? {} : { hint }),
  });
}

/**
 * Runs native work with progress and cancellation, and turns its errors into the project's own.
 *
 * @throws TRB_PROOF_CANCELLED where the signal is aborted, and what the work itself throws
 */
export async function runNative<T>(
  addon: NativeAddon,
  { onProgress, signal }: NativeOptions,
  run: (cancellation: Cancellation, report: Report) => Promise<T>,
): Promise<T> {
  const cancellation = new addon.Cancellation();
  const cancel = (): void => cancellation.cancel();
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await run(cancellation, (stage, done, total) => onProgress?.({ stage, done, total }));
  } catch (error) {
    throw decode(error);
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}
