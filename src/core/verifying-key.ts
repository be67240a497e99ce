import type { TierName } from "../params/tiers.ts";
import type { G1, G2 } from "./points.ts";

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
