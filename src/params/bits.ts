import { positionBits, type Tier } from "./tiers.ts";

/** Φ entries are in [−PHI_MAX, PHI_MAX]. */
export const PHI_MAX = 127;

/** u entries are in [−U_BIAS, U_BIAS − 1]; u + U_BIAS is one byte. */
export const U_BIAS = 128;
export const U_BITS = 8;

/** |S| < SCORE_BIAS, so S + SCORE_BIAS fits SCORE_BITS. */
export const SCORE_BITS = 20;
export const SCORE_BIAS = 2 ** (SCORE_BITS - 1);

/** One unit of money is 10^9 wei of OPEN. */
export const WEI_PER_UNIT = 10n ** 9n;

/** pool_q < 2^POOL_BITS units. */
export const POOL_BITS = 48;

/** Fixed-point shift of the rate a_q. */
export const SHIFT = 32;

/** a_q ≤ pool_q·2^SHIFT < 2^RATE_BITS. */
export const RATE_BITS = POOL_BITS + SHIFT;

/** A pool that is not empty has at least this many units for each of the C positions. */
export const MIN_POOL_UNITS_PER_POSITION = 1000n;

/** A claim's cumulative amount is below 2^CUMULATIVE_BITS units. */
export const CUMULATIVE_BITS = 96;

/** W_q ≤ C·(SCORE_BIAS − 1) < 2^weightBits: also the bits of rem_q. */
export const weightBits = (tier: Tier): number => SCORE_BITS - 1 + positionBits(tier);

/** pay_c ≤ R < 2^payBits: POOL_BITS + log2 Q. */
export const payBits = (tier: Tier): number => POOL_BITS + Math.log2(tier.traces);

/**
 * ρ = β^(2^RHO_SQUARINGS), which keeps the three terms of y apart: above the degree of whatever a reference string over one τ
 * can commit to (the longest public one for BN254 has powers up to 2²⁹), so that no term reaches into the next.
 */
export const RHO_SQUARINGS = 32;

/** How many values `pack` puts into one field element, and how wide a place is in bits. */
export const PACK = {
  u: { perElement: 31, bits: U_BITS },
  score: { perElement: 12, bits: SCORE_BITS },
  amount: { perElement: 4, bits: 56 },
} as const;

export type PackKind = keyof typeof PACK;
