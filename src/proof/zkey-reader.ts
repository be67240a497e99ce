import type { Curve } from "ffjavascript";
import { TributaryError } from "../core/errors.ts";
import { G1_BYTES, G2_BYTES, readG1, readG2 } from "../crypto/kzg/curve.ts";
import { type G2, G2_GENERATOR } from "../crypto/points.ts";
import { openSectionFile } from "../files/section-file.ts";
import { PUBLIC_SIGNALS } from "../params/tags.ts";
import type { TierName } from "../params/tiers.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";

const HEADER = 2;
const IC = 3;
/** Two primes with their lengths, then wires, public signals and domain as u32. */
const POINTS_START = 2 * (4 + 32) + 3 * 4;
const PUBLICS_OFFSET = 2 * (4 + 32) + 4;

const samePoint = (a: G2, b: G2): boolean =>
  a.x[0] === b.x[0] && a.x[1] === b.x[1] && a.y[0] === b.y[0] && a.y[1] === b.y[1];

/**
 * The verifying key that a snarkjs `.zkey` holds.
 *
 * @param tau2 [τ]₂ of the reference string that goes with it
 * @throws TRB_FILE_MISSING, TRB_FILE_CORRUPT; TRB_PROOF_KEY_FORM for a key of another circuit, or one whose γ₂ is not G₂
 */
export async function readVerifyingKey(
  curve: Curve,
  path: string,
  tier: TierName,
  tau2: G2,
): Promise<VerifyingKey> {
  const file = await openSectionFile(path, "zkey");
  try {
    const header = await file.read(HEADER);
    const publics = header.readUInt32LE(PUBLICS_OFFSET);
    let at = POINTS_START;
    const take = (bytes: number): Uint8Array => {
      at += bytes;
      return header.subarray(at - bytes, at);
    };
    const alpha = readG1(curve, take(G1_BYTES));
    take(G1_BYTES);
    const beta = readG2(curve, take(G2_BYTES));
    const gamma = readG2(curve, take(G2_BYTES));
    take(G1_BYTES);
    const delta = readG2(curve, take(G2_BYTES));
    if (publics !== PUBLIC_SIGNALS.length || !samePoint(gamma, G2_GENERATOR)) {
      throw new TributaryError("TRB_PROOF_KEY_FORM", "this proving key is not for the settlement circuit", {
        details: `${path}: ${publics} public signals`,
        hint: "A key needs the three public signals of the circuit and γ₂ = G₂, as snarkjs's set-up leaves it.",
      });
    }
    const points = await file.read(IC);
    const ic = Array.from({ length: publics + 1 }, (_, i) =>
      readG1(curve, points.subarray(i * G1_BYTES, (i + 1) * G1_BYTES)),
    );
    return { tier, alpha, beta, delta, tau: tau2, ic };
  } finally {
    await file.close();
  }
}
