import { randomBytes } from "node:crypto";
import { TributaryError } from "../../core/errors.ts";
import { interruptible } from "../../core/interruptible.ts";
import type { OnProgress } from "../../core/progress.ts";
import { type CurveUse, openCurve } from "../../crypto/kzg/curve.ts";
import { requireFree, writeAside } from "../../files/aside.ts";
import type { TierName } from "../../params/tiers.ts";
import { readPhaseOne, requireKnown } from "../../proof/ceremony/phase-one.ts";
import {
  type Beacon,
  type Contribution,
  readTranscript,
  type Transcript,
} from "../../proof/ceremony/transcript.ts";
import { applyBeaconToKey, contributeToKey, newCeremonyKey } from "../../proof/snarkjs-ceremony.ts";
import { ceremonyCircuit } from "./ceremony-circuit.ts";

/** snarkjs keeps a name's first 64 characters. */
const MAX_NAME = 64;
/** Bounds of snarkjs; above 2^32 nobody waits for the check. */
export const BEACON_EXPONENTS = { min: 10, max: 32 } as const;
const MAX_BEACON_BYTES = 255;

export interface StepOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: OnProgress;
  /** Whether the output may replace a file. */
  readonly force: boolean;
}

/** A phase-1 file and, where it is not one of the published ones, the digest that it must have. */
export interface PhaseOneSource {
  readonly ptau: string;
  readonly ptauDigest?: string | undefined;
}

async function withCurve<T>(use: (curve: CurveUse) => Promise<T>): Promise<T> {
  const curve = await openCurve();
  try {
    return await use(curve);
  } finally {
    await curve.close();
  }
}

/**
 * The first key of a ceremony: the circuit's, with δ = 1. It can be made again by anybody, byte for byte.
 *
 * @returns the circuit's hash
 * @throws TRB_FILE_EXISTS, TRB_PROOF_PTAU_*, TRB_PROOF_KEY_MISMATCH, TRB_PROOF_NO_CIRCUIT, TRB_PROOF_CEREMONY, TRB_CANCELLED
 */
export async function startCeremony(
  tier: TierName,
  { ptau, ptauDigest }: PhaseOneSource,
  out: string,
  { signal, onProgress, force }: StepOptions,
): Promise<{ readonly circuitHash: string }> {
  requireFree(out, force);
  const { r1cs, need } = await ceremonyCircuit(tier);
  requireKnown(await readPhaseOne(ptau, need), ptauDigest);
  return withCurve(async () => ({
    circuitHash: await writeAside(
      out,
      (path) => interruptible(signal, () => newCeremonyKey(r1cs, ptau, path, onProgress)),
      force,
    ),
  }));
}

/** Whoever contributes after the beacon undoes what the beacon is for. */
function requireOpen({ contributions }: Transcript, path: string): void {
  if (contributions.every(({ beacon }) => beacon === undefined)) return;
  throw new TributaryError("TRB_PROOF_CEREMONY_CLOSED", "a beacon has ended this ceremony", {
    details: path,
    hint: "Contribute to the last file before the beacon, and apply the beacon after that.",
  });
}

function requireName(name: string): void {
  if (name.length > 0 && name.length <= MAX_NAME) return;
  throw new TributaryError("TRB_PROOF_CEREMONY_NAME", `a name has 1 to ${MAX_NAME} characters`, {
    details: name,
  });
}

/** The step from one file to the next, and what it added. */
async function addTo(
  from: string,
  to: string,
  { signal, force }: StepOptions,
  work: (path: string) => Promise<string>,
): Promise<Transcript & { readonly added: Contribution }> {
  requireFree(to, force);
  return withCurve(async ({ curve }) => {
    requireOpen(await readTranscript(curve, from), from);
    return writeAside(
      to,
      async (path) => {
        const hash = await interruptible(signal, () => work(path));
        const transcript = await readTranscript(curve, path);
        const added = transcript.contributions.at(-1);
        if (added?.hash === hash) return { ...transcript, added };
        throw new TributaryError(
          "TRB_PROOF_CEREMONY",
          "the file that was written has another contribution in it",
          {
            details: `${added?.hash ?? "none"}, not ${hash}`,
            hint: "This is a defect, or a disk that does not keep what is written.",
          },
        );
      },
      force,
    );
  });
}

/**
 * One contributor's step. The secret is drawn here and nowhere kept; with it and all others' secrets one could forge.
 *
 * @param extra text that is hashed to the system's randomness, for who does not want to trust that alone
 * @throws TRB_FILE_EXISTS, TRB_PROOF_CEREMONY_NAME, TRB_PROOF_CEREMONY_CLOSED, TRB_PROOF_CEREMONY_FORM, TRB_PROOF_CEREMONY, TRB_CANCELLED
 */
export async function contribute(
  from: string,
  to: string,
  { name, extra }: { readonly name: string; readonly extra: string },
  options: StepOptions,
): Promise<Transcript & { readonly added: Contribution }> {
  requireName(name);
  const entropy = `${randomBytes(64).toString("hex")}${extra}`;
  return addTo(from, to, options, (path) =>
    contributeToKey(from, path, { name, entropy }, options.onProgress),
  );
}

/** @throws TRB_PROOF_CEREMONY_BEACON */
export function requireBeacon({ value, exponent }: Beacon): void {
  const bytes = /^([0-9a-f]{2})+$/.test(value) ? value.length / 2 : 0;
  const { min, max } = BEACON_EXPONENTS;
  if (bytes > 0 && bytes <= MAX_BEACON_BYTES && exponent >= min && exponent <= max) return;
  throw new TributaryError("TRB_PROOF_CEREMONY_BEACON", "this is not a usable beacon", {
    details: `${value}, 2^${exponent} iterations`,
    hint: `A beacon is 1 to ${MAX_BEACON_BYTES} bytes in hex, hashed 2^${min} to 2^${max} times.`,
  });
}

/**
 * The last step: a value that nobody could know or choose when the last contributor was done.
 *
 * @throws TRB_PROOF_CEREMONY_BEACON, and as contribute
 */
export async function applyBeacon(
  from: string,
  to: string,
  { name, value, exponent }: Beacon & { readonly name: string },
  options: StepOptions,
): Promise<Transcript & { readonly added: Contribution }> {
  requireName(name);
  requireBeacon({ value, exponent });
  return addTo(from, to, options, (path) =>
    applyBeaconToKey(from, path, { name, value, exponent }, options.onProgress),
  );
}
