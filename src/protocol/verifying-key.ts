import * as z from "zod";
import { TributaryError } from "../core/errors.ts";
import { g1, g2, writeG1, writeG2 } from "../crypto/codecs.ts";
import type { G1, G2 } from "../crypto/points.ts";
import { PUBLIC_SIGNALS } from "../params/tags.ts";
import { TIER_NAMES, type TierName } from "../params/tiers.ts";

/** The verifying key of one tier: Groth16 with γ₂ = G₂, and the SRS's [τ]₂. */
export interface VerifyingKey {
  readonly tier: TierName;
  readonly alpha: G1;
  readonly beta: G2;
  readonly delta: G2;
  readonly tau: G2;
  /** IC_0 and one point for each of PUBLIC_SIGNALS. */
  readonly ic: readonly G1[];
}

/** A verifying key as JSON writes it: points in hex, as in a proof bundle. */
export const verifyingKeySchema = z.strictObject({
  tier: z.enum(TIER_NAMES),
  alpha: g1,
  beta: g2,
  delta: g2,
  tau: g2,
  ic: z.array(g1).length(PUBLIC_SIGNALS.length + 1),
});

export type VerifyingKeyJson = z.input<typeof verifyingKeySchema>;

export const encodeVerifyingKey = (key: VerifyingKey): VerifyingKeyJson => ({
  tier: key.tier,
  alpha: writeG1(key.alpha),
  beta: writeG2(key.beta),
  delta: writeG2(key.delta),
  tau: writeG2(key.tau),
  ic: key.ic.map(writeG1),
});

/**
 * Reads a verifying key from parsed JSON.
 *
 * @throws TRB_KEY_SHAPE for anything but the five points and IC in their one spelling
 */
export function decodeVerifyingKey(json: unknown): VerifyingKey {
  const result = verifyingKeySchema.safeParse(json);
  if (result.success) return result.data;
  throw new TributaryError("TRB_KEY_SHAPE", "this is not a verifying key of this protocol", {
    details: z.prettifyError(result.error),
  });
}
