import type { Hex } from "../core/hex.ts";
import type { OnProgress } from "../core/progress.ts";

/** What a row's features are: one text, or a fixed number of finite float64 numbers. */
export type FeatureKind = "text" | "numeric";

/** A text in NFC without surrounding white space, or `dimension` finite numbers (never −0). */
export type Features = string | Float64Array;

/** A training row: somebody gave it, and it can earn. */
export interface Row {
  /** The Merkle leaf: binds features, label and position. */
  readonly leaf: Hex;
  readonly features: Features;
  /** Index into the DataNet's labels. */
  readonly label: number;
  /** Index into the DataNet's contributors. */
  readonly position: number;
  /** The line of the imported file where the row starts, from 1. */
  readonly line: number;
  /** The number of the version that brought the row. */
  readonly version: number;
}

/** A row that only measures a model: no contributor, no leaf, no reward. */
export interface HeldOutRow {
  readonly features: Features;
  readonly label: number;
  readonly line: number;
}

/** A version is a prefix of the rows: nothing that an earlier version said is ever changed. */
export interface DataNetVersion {
  /** From 1. */
  readonly number: number;
  /** Merkle root of the leaves of the first `rows` rows. */
  readonly root: Hex;
  readonly rows: number;
  /** Positions taken by then. */
  readonly contributors: number;
  /** The root of the version before; null for the first. */
  readonly parent: Hex | null;
  /** ISO 8601, UTC. */
  readonly created: string;
}

/** A row as a file gave it, normalised, before positions and leaves. */
export interface SourceRow {
  readonly features: Features;
  readonly label: string;
  /** Null where no contributor column was asked for. */
  readonly contributor: string | null;
  readonly line: number;
}

/** How rows that came without a contributor were dealt out. */
export interface Dealing {
  readonly method: "dirichlet-1/2-by-label";
  readonly contributors: number;
  readonly seed: number;
}

export interface DataNet {
  readonly name: string;
  readonly kind: FeatureKind;
  /** Numbers in a row's features; null for text. */
  readonly dimension: number | null;
  /** C: the most positions that this DataNet will ever have. */
  readonly capacity: number;
  /** Sorted by code unit, fixed by the first version: a model's outputs keep their meaning. */
  readonly labels: readonly string[];
  /** contributors[c] owns position c, for ever. */
  readonly contributors: readonly string[];
  readonly rows: readonly Row[];
  /** Root of the newest version. */
  readonly root: Hex;
  /** Number of the newest version. */
  readonly version: number;
  readonly versions: readonly DataNetVersion[];
  /** Null where the file named its contributors. */
  readonly dealing: Dealing | null;
}

/** A row that was not taken because the same features and label were there before. */
export interface Refusal {
  /** `held-out`: one of the two rows is held out, so that a model would be measured on what it learned. */
  readonly reason: "duplicate" | "held-out";
  readonly line: number;
  /** Null where the row had none (a dealt or held-out row). */
  readonly contributor: string | null;
  /** The row that came first. */
  readonly first: {
    readonly line: number;
    readonly version: number;
    readonly contributor: string | null;
  };
}

/** A DataNet without its rows: how many there are, its newest version says. */
export type DataNetBody = Omit<DataNet, "rows">;

export interface ImportResult {
  readonly datanet: DataNet;
  /** The first thousand of them. */
  readonly refusals: readonly Refusal[];
  /** How many rows were refused. */
  readonly refused: number;
  readonly heldOut: readonly HeldOutRow[];
}

/** Where the columns are: names from the header (or keys of a JSON object), or numbers from 0 in a file without a header. */
export interface Columns {
  /** The column of the text; exactly one of `text` and `features` is given. */
  readonly text?: string;
  /** Columns of numbers, see `parseColumns`. In JSONL a key may hold an array of numbers. */
  readonly features?: readonly string[];
  readonly label: string;
  readonly contributor?: string;
  /**
   * CSV: whether the first record names the columns. Default: yes where a column is given by name; where all are given
   * by number, it is one if its feature fields hold no number (a text file then has none).
   */
  readonly header?: boolean;
}

/** Separated values, JSON lines, one JSON array, or Parquet. */
export type Format = "csv" | "jsonl" | "json" | "parquet";

/** How the text of a file is written; what is not given is found out. */
export interface Dialect {
  /** A name that WHATWG's Encoding Standard knows. Default: UTF-8, or what a byte order mark says. */
  readonly encoding?: string;
  /** What separates values: one character. */
  readonly delimiter?: string;
  /** Whether values may stand in double quotes; default true. */
  readonly quotes?: boolean;
}

/** A row that cannot be taken. */
export interface BadRow {
  readonly file: string;
  /** From 1; of a Parquet file, the row's number. */
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  /** As the file has it: the text of a JSON object, or the fields of separated values; null for Parquet. */
  readonly row: string | readonly string[] | null;
}

export interface SourceOptions {
  readonly file: string;
  /** Default: by the file's name and its first bytes, see `formatOf`. */
  readonly format?: Format;
  readonly columns: Columns;
  readonly dialect?: Dialect;
  /** Takes rows that are wrong, and the import goes on. Default: all of them are looked for, and the import stops. */
  readonly onBadRow?: (row: BadRow) => void;
  /** Stage `read` counts bytes of the file, stage `hash` rows. */
  readonly onProgress?: OnProgress;
  /** Default: now. */
  readonly created?: Date;
}

export interface ImportOptions extends SourceOptions {
  readonly name: string;
  /** Deal the rows to this many contributors instead of reading a contributor column. */
  readonly contributors?: number;
  /** Seed of the dealing and of the held-out split, an unsigned 32-bit integer; default 1. */
  readonly seed?: number;
  /** C; default: the large tier's. More contributors are refused. */
  readonly capacity?: number;
  /** A file with the same columns (contributor aside), or the fraction in (0, 1) of each label's rows to hold out. */
  readonly heldOut?: { readonly file: string } | { readonly fraction: number };
}
