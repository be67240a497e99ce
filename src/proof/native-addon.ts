import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import type { OnProgress } from "../core/progress.ts";

/** Watches one piece of work: hears its progress and can stop it. */
interface Reporter {
  cancel(): void;
}

type OnReport = (stage: string, done: number, total: number) => void;

/** What prover/native offers. Scalars are 32 plain little-endian bytes each. */
export interface NativeAddon {
  readonly Reporter: new (onReport?: OnReport) => Reporter;
  /** @param trapdoor τ, α, β, δ */
  writeDevelopmentKey(
    r1cs: string,
    zkey: string,
    trapdoor: Uint8Array,
    threads: number | undefined,
    reporter: Reporter,
  ): Promise<void>;
  writeDevelopmentSrs(
    ptau: string,
    length: number,
    tau: Uint8Array,
    threads: number | undefined,
    reporter: Reporter,
  ): Promise<void>;
  /** @param inputs of the circuit's wires 1, 2, … @returns the witness in circom's `.wtns` format */
  solveWitness(r1cs: string, inputs: Uint8Array, reporter: Reporter): Promise<Uint8Array>;
  /** @returns A, B, C and the public signals, 64, 128, 64 and 32 bytes each; coordinates plain, little-endian */
  proveGroth16(
    zkey: string,
    wtns: Uint8Array,
    threads: number | undefined,
    reporter: Reporter,
  ): Promise<Uint8Array>;
  /**
   * Whether Π e(Σ scalar·point, twist) = 1.
   *
   * @param counts how many of the scalars and points (64 bytes each) are of each sum
   * @param twists 128 bytes for each sum
   * @throws TRB_NATIVE_POINT, TRB_NATIVE_SHAPE
   */
  pairingEquation(
    counts: readonly number[],
    scalars: Uint8Array,
    points: Uint8Array,
    twists: Uint8Array,
    reporter: Reporter,
  ): Promise<boolean>;
  commitPolynomial(
    ptau: string,
    factors: Uint8Array,
    polynomials: readonly Uint8Array[],
    threads: number | undefined,
    reporter: Reporter,
  ): Promise<Uint8Array>;
  /** @returns the value, 32 bytes, and its opening */
  openPolynomial(
    ptau: string,
    factors: Uint8Array,
    polynomials: readonly Uint8Array[],
    x: Uint8Array,
    threads: number | undefined,
    reporter: Reporter,
  ): Promise<Uint8Array>;
  /** The openings at all roots of unity, of as many as there are coefficients. */
  openAtAllRoots(
    ptau: string,
    polynomial: Uint8Array,
    threads: number | undefined,
    reporter: Reporter,
  ): Promise<Uint8Array>;
  /** @returns the remainder's `width` coefficients, then the quotient's */
  foldPolynomial(
    polynomial: Uint8Array,
    width: number,
    alpha: Uint8Array,
    reporter: Reporter,
  ): Promise<Uint8Array>;
}

/** Where `make native` puts the compiled crate. */
const ADDON = fileURLToPath(new URL("../../prover/native/tributary.node", import.meta.url));

/** All that an addon must have: one that was built before the sources changed is refused as a whole. */
const FUNCTIONS: readonly (keyof NativeAddon)[] = [
  "Reporter",
  "writeDevelopmentKey",
  "writeDevelopmentSrs",
  "solveWitness",
  "proveGroth16",
  "pairingEquation",
  "commitPolynomial",
  "openPolynomial",
  "openAtAllRoots",
  "foldPolynomial",
];

/** @throws Error naming what a compiled addon lacks */
export function requireFunctions(found: Partial<NativeAddon>): NativeAddon {
  const missing = FUNCTIONS.filter((name) => typeof found[name] !== "function");
  if (missing.length > 0) throw new Error(`it was built from other sources: no ${missing.join(", ")}`);
  return found as NativeAddon;
}

let loaded: NativeAddon | undefined;

/**
 * The native code, where it was built; undefined where it was not.
 *
 * @throws TRB_PROOF_NATIVE where it was built for another machine, or from other sources
 */
export function nativeAddon(): NativeAddon | undefined {
  if (loaded !== undefined || !existsSync(ADDON)) return loaded;
  try {
    loaded = requireFunctions(createRequire(import.meta.url)(ADDON) as Partial<NativeAddon>);
  } catch (cause) {
    throw new TributaryError("TRB_PROOF_NATIVE", "the native prover does not load", {
      cause,
      details: `${ADDON}: ${(cause as Error).message}`,
      hint: "Run `make native` again on this machine, or delete the file: everything works without it, slower.",
    });
  }
  return loaded;
}

export interface NativeOptions {
  /** Default: one for each core. */
  readonly threads?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Looked at many times a second. */
  readonly signal?: AbortSignal | undefined;
}

const HINTS: Readonly<Record<string, string>> = {
  TRB_FILE_MISSING: "Run `make setup`.",
  TRB_FILE_CORRUPT: "Delete it and run `make setup`.",
  TRB_FILE_WRITE: "Look whether the disk is full and whether the folder can be written to.",
  TRB_NATIVE_MEMORY: "Run it on a machine with more memory.",
};

/** The crate's errors arrive as JSON in the message. Cancelled work has one code, whoever does it. */
function decode(cause: unknown): unknown {
  let error: { code: `TRB_${string}`; message: string; details?: string };
  try {
    error = parseJson((cause as Error).message) as typeof error;
  } catch {
    return cause;
  }
  const code = error.code === "TRB_NATIVE_CANCELLED" ? "TRB_PROOF_CANCELLED" : error.code;
  const hint = HINTS[code];
  return new TributaryError(code, error.message, {
    cause,
    ...(error.details === undefined ? {} : { details: error.details }),
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
  run: (reporter: Reporter) => Promise<T>,
): Promise<T> {
  const reporter = new addon.Reporter((stage, done, total) => onProgress?.({ stage, done, total }));
  const cancel = (): void => reporter.cancel();
  if (signal?.aborted) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await run(reporter);
  } catch (error) {
    throw decode(error);
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}
