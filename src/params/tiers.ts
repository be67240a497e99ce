/**
 * The tiers: one tier is one circuit instance and one verifying key.
 *
 * Everything that depends on a size is derived here, once; the circuits, the
 * contracts and the TypeScript read it from here or from a file generated
 * from here.
 */

export const TIER_NAMES = ["mini", "small", "large"] as const;
export type TierName = (typeof TIER_NAMES)[number];

export interface Tier {
  readonly name: TierName;
  /** Q: traces in a batch. */
  readonly traces: number;
  /** C: positions, a power of two. */
  readonly positions: number;
  /** k: sketch width, without the blinding column. */
  readonly width: number;
}

export const TIERS: Readonly<Record<TierName, Tier>> = {
  mini: { name: "mini", traces: 4, positions: 16, width: 63 },
  small: { name: "small", traces: 16, positions: 128, width: 127 },
  large: { name: "large", traces: 64, positions: 1024, width: 255 },
};

/** w = k + 1: the columns of a row of f_Φ, the last one is the blinding column. */
export const rowWidth = (tier: Tier): number => tier.width + 1;

/** C·w: the number of coefficients of f_Φ, and the SRS points that a tier needs. */
export const indexCoefficients = (tier: Tier): number => tier.positions * rowWidth(tier);

/** log2 C. */
export const positionBits = (tier: Tier): number => Math.log2(tier.positions);
