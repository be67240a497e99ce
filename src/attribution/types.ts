import type { TierName } from "../params/tiers.ts";

/** The integers of an attribution index Φ, row-major; rows without data are zero. */
export interface IndexMatrix {
  /** positions × width signed bytes in [−127, 127]. */
  readonly phi: Int8Array;
  /** C. */
  readonly positions: number;
  /** k, without the blinding column. */
  readonly width: number;
}

/** An index with what is needed to commit to it: the seed is secret. */
export interface AttributionIndex extends IndexMatrix {
  readonly tier: TierName;
  /** n ≤ C: positions of the DataNet that were taken when the index was built. */
  readonly assigned: number;
  /** 32 bytes from which column k is derived; whoever has it and Φ rebuilds C_Φ bit for bit. */
  readonly blindingSeed: Uint8Array;
}
