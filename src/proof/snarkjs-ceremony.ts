import { open } from "node:fs/promises";
import { type BigMemoryFile, zKey } from "snarkjs";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { closingFiles } from "./snarkjs-files.ts";

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

/**
 * A step whose key snarkjs makes in memory, and which is written here: snarkjs's own files wait without end for a write that
 * failed on a full disk.
 *
 * snarkjs answers with a hash; with -1, false or nothing where it refused, and says why to its logger.
 */
async function step(
  path: string,
  onProgress: OnProgress,
  work: (out: BigMemoryFile, log: Logger) => Promise<unknown>,
): Promise<string> {
  const complaints: string[] = [];
  const out: BigMemoryFile = { type: "bigMem" };
  let result: unknown;
  try {
    result = await closingFiles(() => work(out, logger(onProgress, complaints)));
  } catch (cause) {
    throw refused((cause as Error).message, cause);
  }
  if (!(result instanceof Uint8Array)) throw refused(complaints.join("; "), undefined);
  const handle = await open(path, "wx");
  try {
    for (const page of out.data!) await handle.writeFile(page);
  } finally {
    await handle.close();
  }
  return hex(result);
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
export const newCeremonyKey = (
  r1cs: string,
  ptau: string,
  zkey: string,
  onProgress: OnProgress,
): Promise<string> => step(zkey, onProgress, (out, log) => zKey.newZKey(r1cs, ptau, out, log));

/**
 * Multiplies δ by a secret that is forgotten: snarkjs draws 64 bytes from the system and hashes `entropy` to them.
 *
 * @returns BLAKE2b-512 of the contribution, in hex: what its contributor publishes
 */
export const contributeToKey = (
  from: string,
  to: string,
  { name, entropy }: { readonly name: string; readonly entropy: string },
  onProgress: OnProgress,
): Promise<string> => step(to, onProgress, (out, log) => zKey.contribute(from, out, name, entropy, log));

/** Multiplies δ by a secret that 2^exponent times SHA-256 makes from a public value. */
export const applyBeaconToKey = (
  from: string,
  to: string,
  { name, value, exponent }: { readonly name: string; readonly value: string; readonly exponent: number },
  onProgress: OnProgress,
): Promise<string> => step(to, onProgress, (out, log) => zKey.beacon(from, out, name, value, exponent, log));

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
    const holds = await closingFiles(() =>
      initial === undefined
        ? zKey.verifyFromR1cs(r1cs, ptau, zkey, log)
        : zKey.verifyFromInit(initial, ptau, zkey, log),
    );
    return holds === true ? [] : complaints.length > 0 ? complaints : ["snarkjs does not say why"];
  } catch (cause) {
    return [...complaints, (cause as Error).message];
  } finally {
    console.log = said;
  }
}
