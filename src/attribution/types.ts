import type { Hex } from "../core/statement.ts";
import type { TierName } from "../params/tiers.ts";
import type { Defences } from "./defences.ts";

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

/** What anybody needs, besides the data and the seed, to build Φ again; written beside it as manifest.json. */
export interface IndexManifest {
  readonly tier: TierName;
  /** C. */
  readonly positions: number;
  /** k. */
  readonly width: number;
  /** n. */
  readonly assigned: number;
  /** Training rows that were summed up. */
  readonly rows: number;
  readonly datanet: { readonly root: Hex; readonly version: number };
  /** Digests. */
  readonly base: Hex;
  readonly adapter: Hex;
  readonly sketch: Hex;
  /** λ of (ZᵀZ/n + λI)⁻¹. */
  readonly ridge: number;
  /** What was done against rows that are made to earn; nearLimit is what "near" meant, null where it was not asked. */
  readonly defences: Defences & { readonly nearLimit: number | null };
  /** Which percentile of the |Φ_cj| of positions with data becomes 127; what is above it is cut off. */
  readonly clipPercentile: number;
  /** Φ as integers = round(Φ·scale), one scale for the whole index; Φ has its column scales taken out before. */
  readonly scale: number;
  readonly columnScales: readonly number[];
  readonly minimumNorm: number;
  /** SHA-256 of Φ's C·k signed bytes. */
  readonly phi: Hex;
}

/** Per-row influence, for explanations; what is paid uses Φ only. */
export interface RowInfluence {
  /** n × k: φ_i·scale in the units of Φ's integers, unrounded and unclipped. */
  readonly values: Float32Array;
  readonly width: number;
  /** The position of each row. */
  readonly owners: Uint32Array;
}

export interface BuiltIndex {
  readonly index: AttributionIndex;
  readonly manifest: IndexManifest;
  readonly rows: RowInfluence;
}
