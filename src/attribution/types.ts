import type { Hex } from "../core/hex.ts";
import type { TierName } from "../params/tiers.ts";
import type { DuplicateRule } from "./duplicate-weights.ts";
import type { MethodName } from "./methods/types.ts";
import type { LeftOutOrder, RowGradient } from "./objective.ts";

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

/**
 * How λ of the metric was chosen: on training rows that were set aside as requests, by models that were trained on halves of the
 * others. Whoever has rows and model makes every number again.
 */
export interface RidgeSearchRecord {
  /** Of the rows set aside and of the halves. */
  readonly seed: number;
  /** Rows set aside. */
  readonly queries: number;
  /** Halves of the rows, and as many of the contributors. */
  readonly halves: number;
  /** Each λ with its LDS by rows and by contributors, in float; the one of the best mean of both is the index's. */
  readonly tried: readonly { readonly ridge: number; readonly rows: number; readonly contributors: number }[];
}

/** Every choice that made Φ's real numbers. */
export interface MethodRecord {
  readonly name: MethodName;
  /** Which gradient of a row was summed up: "loss" where it was asked for, or where one contributor has all rows. */
  readonly gradient: RowGradient;
  /** Whether a position's rows were left out of the curvature, too. */
  readonly order: LeftOutOrder;
  /** λ. */
  readonly ridge: number;
  /** Where λ was searched for. */
  readonly search?: RidgeSearchRecord | undefined;
  /** Where the columns come from that the method works in, and how many there are at most and in fact. */
  readonly init: "pca" | "sjlt" | "random";
  readonly candidates: number;
  readonly columns: number;
  /** How much positions' sums counted when the k columns were chosen; the rest were single rows. */
  readonly positionShare: number;
  /** Columns of the k that are in use, and the share of the requests' relative score variance that they keep. */
  readonly rank: number;
  readonly kept: number;
  /** Seed of the sketch and of the sample. */
  readonly seed: number;
  /** Rows that directions, metric and columns were made from: all of them, or this many drawn by the seed. */
  readonly fitRows: number;
  /** Of these, the rows that the curvature was summed over. */
  readonly curvatureRows: number;
  readonly normalise: "none" | "relatif";
  /** Percentile beyond which a row's length is cut; 100 cuts nothing. */
  readonly rowCap: number;
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
  readonly adapters: readonly Hex[];
  readonly sketch: Hex;
  readonly method: MethodRecord;
  /** What near-duplicates earn, and how many clusters there are. */
  readonly nearDuplicates: {
    readonly rule: DuplicateRule;
    /** Least similarity of near texts, as it was asked for. */
    readonly similarity: number;
    /** What "near" was, by the data: least similarity of two texts, or the widest distance of numbers. See the DataNet station. */
    readonly limit: number;
    readonly clusters: number;
    /** Rows that share their cluster with another one. */
    readonly joined: number;
    /** Pairs of rows that were not compared, where there were too many; absent where there were not. */
    readonly skipped?: number | undefined;
  };
  /** Which percentile of the |Φ_cj| of positions with data becomes 127; what is above it is cut off. */
  readonly clipPercentile: number;
  /** Φ as integers = round(Φ·scale), one scale for the whole index. */
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

/** The same in parts, which are made as they are asked for: the influence of a million rows need not be in memory. */
export interface InfluenceParts {
  readonly width: number;
  readonly owners: Uint32Array;
  /** The values in order, PART_ROWS rows at a time. */
  parts(): Iterable<Float32Array>;
}

/** Rows of a part; a part of the same rows is the same part wherever it comes from. */
export const PART_ROWS = 2048;

/** An index as it is built, before it is on the disk. */
export interface IndexDraft extends Omit<BuiltIndex, "rows"> {
  readonly rows: RowInfluence | InfluenceParts;
}

export interface BuiltIndex {
  readonly index: AttributionIndex;
  readonly manifest: IndexManifest;
  readonly rows: RowInfluence;
}
