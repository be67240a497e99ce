import { zKey } from "snarkjs";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";

/**
 * Phase 2 of a Groth16 ceremony by snarkjs, on its own file formats. Whoever calls holds `openCurve`: snarkjs works on
 * that curve's threads and would leave them running.
 */

/** "Writing points start A: 2048/11579": what snarkjs says while it works. */
const STEP = /^(.*?)(?: start| end)?(?: \w+)?:\s+(\d+)\/(\d+)$/;

interface Logger {
  readonly debug: (text: string) => void;
  readonly info: (text: string) => void;
  readonly error: (text: string) => void;
}

function logger(onProgress: OnProgress, complaints: string[]): Logger {
  return {
    debug: (text) => {
      const step = STEP.exec(text);
      if (step !== null)
        onProgress({ stage: step[1]!.toLowerCase(), done: Number(step[2]), total: Number(step[3]) });
    },
    info: () => {},
    error: (text) => complaints.push(text),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** snarkjs answers with a hash; with -1, false or nothing where it refused, and says why to its logger. */
async function hashOf(work: Promise<unknown>, complaints: readonly string[]): Promise<string> {
  let result: unknown;
  try {
    result = await work;
  } catch (cause) {
    // A full disk has a message of its own.
    if ((cause as NodeJS.ErrnoException).code !== undefined) throw cause;
    throw refused((cause as Error).message, cause);
  }
  if (result instanceof Uint8Array) return hex(result);
  throw refused(complaints.join("; "), undefined);
}

const refused = (details: string, cause: unknown): TributaryError =>
  new TributaryError("TRB_PROOF_CEREMONY", "snarkjs could not do this step of the ceremony", {
    cause,
    details,
    hint: "Check the input file with: tributary keys ceremony verify",
  });

/**
 * The key of a circuit before anybody contributed, its δ still 1. Same circuit and same phase 1, same bytes.
 *
 * @returns BLAKE2b-512 of the circuit's key, in hex
 */
export function newCeremonyKey(
  r1cs: string,
  ptau: string,
  zkey: string,
  onProgress: OnProgress,
): Promise<string> {
  const complaints: string[] = [];
  return hashOf(zKey.newZKey(r1cs, ptau, zkey, logger(onProgress, complaints)), complaints);
}

/**
 * Multiplies δ by a secret that is forgotten: snarkjs draws 64 bytes from the system and hashes `entropy` to them.
 *
 * @returns BLAKE2b-512 of the contribution, in hex: what its contributor publishes
 */
export function contributeToKey(
  from: string,
  to: string,
  { name, entropy }: { readonly name: string; readonly entropy: string },
  onProgress: OnProgress,
): Promise<string> {
  const complaints: string[] = [];
  return hashOf(zKey.contribute(from, to, name, entropy, logger(onProgress, complaints)), complaints);
}

/** Multiplies δ by a secret that 2^exponent times SHA-256 makes from a public value. */
export function applyBeaconToKey(
  from: string,
  to: string,
  { name, value, exponent }: { readonly name: string; readonly value: string; readonly exponent: number },
  onProgress: OnProgress,
): Promise<string> {
  const complaints: string[] = [];
  return hashOf(zKey.beacon(from, to, name, value, exponent, logger(onProgress, complaints)), complaints);
}

/** What a key is checked against. */
export interface TranscriptCheck {
  readonly r1cs: string;
  readonly ptau: string;
  /** The key before the first contribution, where it is there; otherwise it is made again, which takes much longer. */
  readonly initial?: string | undefined;
}

/**
 * Checks every contribution of a key, and that the key is what they make of the circuit's. Where points are compared in
 * sums, snarkjs weighs them with 32 random bits: a wrong key passes one check in four thousand million.
 *
 * @returns what is wrong; empty where all holds
 */
export async function checkTranscript(
  zkey: string,
  { r1cs, ptau, initial }: TranscriptCheck,
  onProgress: OnProgress,
): Promise<readonly string[]> {
  const complaints: string[] = [];
  const log = logger(onProgress, complaints);
  const said = console.log;
  // snarkjs prints some of its complaints instead of logging them; stdout belongs to the command's answer.
  console.log = (text: unknown) => complaints.push(String(text));
  try {
    const holds =
      initial === undefined
        ? await zKey.verifyFromR1cs(r1cs, ptau, zkey, log)
        : await zKey.verifyFromInit(initial, ptau, zkey, log);
    return holds === true ? [] : complaints.length > 0 ? complaints : ["snarkjs does not say why"];
  } catch (cause) {
    return [...complaints, (cause as Error).message];
  } finally {
    console.log = said;
  }
}
