import { TributaryError } from "../../core/errors.ts";
import { interruptible } from "../../core/interruptible.ts";
import { type CurveUse, openCurve } from "../../crypto/kzg/curve.ts";
import { readSrs } from "../../crypto/kzg/srs.ts";
import type { TierName } from "../../params/tiers.ts";
import { type PhaseOne, readPhaseOne, requireKnown } from "../../proof/ceremony/phase-one.ts";
import { type Beacon, readTranscript, type Transcript } from "../../proof/ceremony/transcript.ts";
import { checkTranscript } from "../../proof/snarkjs-ceremony.ts";
import { readVerifyingKey } from "../../proof/zkey-reader.ts";
import type { VerifyingKey } from "../../protocol/verifying-key.ts";
import { readKey } from "../../verification/key.ts";
import { BEACON_EXPONENTS, type PhaseOneSource, type StepOptions } from "./ceremony.ts";
import { type CeremonyCircuit, ceremonyCircuit } from "./ceremony-circuit.ts";

/** Why a ceremony's key is not accepted. */
export interface CeremonyFailure {
  readonly code: `TRB_${string}`;
  readonly message: string;
}

export interface CeremonyVerdict {
  readonly ok: boolean;
  readonly failures: readonly CeremonyFailure[];
  readonly phaseOne: PhaseOne;
  /** Undefined where the file does not hold one. */
  readonly transcript: Transcript | undefined;
  readonly verifyingKey: VerifyingKey | undefined;
  readonly circuit: CeremonyCircuit;
}

export interface CeremonyQuestion extends PhaseOneSource {
  readonly tier: TierName;
  readonly zkey: string;
  /** The key before the first contribution, where the asker made it or trusts it: saves making it again. */
  readonly initial?: string | undefined;
  /** Contributions that must be there, by their hash in hex: the asker's own, say. */
  readonly contributions: readonly string[];
  /** The value that was announced before it was known. */
  readonly beacon?: Beacon | undefined;
}

/** What the list of contributions must be, before anything is computed. */
export function listFailures(
  { contributions }: Transcript,
  { contributions: expected, beacon }: Pick<CeremonyQuestion, "contributions" | "beacon">,
): CeremonyFailure[] {
  const failures: CeremonyFailure[] = [];
  const secret = contributions.filter((one) => one.beacon === undefined);
  if (secret.length === 0) {
    failures.push({
      code: "TRB_PROOF_CEREMONY_EMPTY",
      message: "nobody contributed a secret: everybody can forge under this key",
    });
  }
  for (const hash of expected) {
    if (secret.some((one) => one.hash === hash.toLowerCase())) continue;
    failures.push({ code: "TRB_PROOF_CEREMONY_MISSING", message: `contribution ${hash} is not among them` });
  }
  const last = contributions.at(-1)?.beacon;
  if (contributions.slice(0, -1).some((one) => one.beacon !== undefined)) {
    failures.push({ code: "TRB_PROOF_CEREMONY_BEACON", message: "a beacon is not the last step" });
  }
  if (last !== undefined && last.exponent > BEACON_EXPONENTS.max) {
    failures.push({
      code: "TRB_PROOF_CEREMONY_BEACON",
      message: `the beacon was hashed 2^${last.exponent} times: nobody can check that`,
    });
  }
  if (beacon !== undefined && (last?.value !== beacon.value || last.exponent !== beacon.exponent)) {
    const seen = last === undefined ? "no beacon" : `${last.value} hashed 2^${last.exponent} times`;
    failures.push({
      code: "TRB_PROOF_CEREMONY_BEACON",
      message: `the last step is ${seen}, not ${beacon.value} hashed 2^${beacon.exponent} times`,
    });
  }
  return failures;
}

/** A reader's refusal of the file as a failure; other errors keep the command from its work. */
async function orFailure<T>(failures: CeremonyFailure[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TributaryError) || error.code === "TRB_FILE_MISSING") throw error;
    failures.push({ code: error.code, message: [error.message, error.details].filter(Boolean).join(": ") });
    return undefined;
  }
}

/** @throws TRB_PROOF_CEREMONY_INITIAL for a key that somebody contributed to */
async function requireInitial(curve: CurveUse["curve"], path: string): Promise<void> {
  const { contributions } = await readTranscript(curve, path);
  if (contributions.length === 0) return;
  throw new TributaryError(
    "TRB_PROOF_CEREMONY_INITIAL",
    "the first key of a ceremony has no contributions yet",
    {
      details: `${path}: ${contributions.length} contributions`,
      hint: "Give the file that this made: tributary keys ceremony new",
    },
  );
}

/**
 * Checks a key against a circuit whose files are known: form, then the cheap checks, then the long one, which a file that
 * is refused already does not get.
 */
export async function judgeCeremony(
  { curve }: CurveUse,
  question: CeremonyQuestion,
  circuit: CeremonyCircuit,
  options: Omit<StepOptions, "force">,
): Promise<Omit<CeremonyVerdict, "ok" | "phaseOne" | "circuit">> {
  const { tier, zkey, ptau, initial } = question;
  if (initial !== undefined) await requireInitial(curve, initial);
  const failures: CeremonyFailure[] = [];
  const transcript = await orFailure(failures, () => readTranscript(curve, zkey));
  if (transcript !== undefined) failures.push(...listFailures(transcript, question));
  const { tau2 } = await readSrs(curve, ptau, circuit.need.coefficients);
  const verifyingKey = await orFailure(failures, () => readVerifyingKey(curve, zkey, tier, tau2));
  if (verifyingKey !== undefined) {
    const points = readKey(verifyingKey);
    if ("code" in points) failures.push(points);
  }
  if (failures.length === 0) {
    const against = { r1cs: circuit.r1cs, ptau, initial };
    const complaints = await interruptible(options.signal, () =>
      checkTranscript(zkey, against, options.onProgress),
    );
    if (complaints.length > 0) {
      failures.push({
        code: "TRB_PROOF_CEREMONY_INVALID",
        message: `the key is not what these contributions make of this circuit and phase 1: ${complaints.join("; ")}`,
      });
    }
  }
  return { failures, transcript, verifyingKey };
}

/**
 * Checks a ceremony's whole transcript: phase 1 by its digest, the circuit by the manifest's, each contribution, and that
 * the key is what they make of the two.
 *
 * @throws TRB_PROOF_PTAU_*, TRB_PROOF_NO_CIRCUIT, TRB_PROOF_KEY_MISMATCH, TRB_FILE_MISSING, TRB_CANCELLED: what keeps it from checking
 */
export async function verifyCeremony(
  question: CeremonyQuestion,
  options: Omit<StepOptions, "force">,
): Promise<CeremonyVerdict> {
  const circuit = await ceremonyCircuit(question.tier);
  const phaseOne = await readPhaseOne(question.ptau, circuit.need);
  requireKnown(phaseOne, question.ptauDigest);
  const curve = await openCurve();
  try {
    const found = await judgeCeremony(curve, question, circuit, options);
    return { ok: found.failures.length === 0, ...found, phaseOne, circuit };
  } finally {
    await curve.close();
  }
}
