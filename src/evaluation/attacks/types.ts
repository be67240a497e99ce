import type { Features } from "../../datanet/types.ts";
import type { Adapter, OpenBase } from "../../model/types.ts";
import type { MethodOptions } from "../../operations/attribution/options.ts";

/** Labelled rows with their owners: what an attacker adds to or changes. */
export interface Rows {
  readonly features: readonly Features[];
  readonly labels: Uint32Array;
  /** The position of each row. */
  readonly owners: Uint32Array;
}

/** A DataNet on which attacks are tried, and the requests by which everybody is paid. */
export interface Ground {
  readonly name: string;
  /** The base, open while attacks run. */
  readonly encoder: OpenBase;
  /** The kind of model that is trained. */
  readonly kind: Adapter["kind"];
  /** A model of that kind, whose shape and schedule are trained; the kind's own where absent. */
  readonly like?: Adapter;
  /** Whether a model learns from every row, or from the first one only of each cluster of near-duplicates. */
  readonly trainOn: "all" | "first";
  /** Least similarity of near texts. */
  readonly nearSimilarity: number;
  /** λ of the model. */
  readonly ridge: number;
  readonly names: readonly string[];
  readonly rows: Rows;
  readonly positions: number;
  /** k. */
  readonly width: number;
  /** Requests that pay the same fee each; nobody's rows. */
  readonly requests: readonly Features[];
  /** Labelled rows like the requests that an attacker has besides: for shadow models. */
  readonly public: Omit<Rows, "owners">;
  readonly seed: number;
  /** How the index is made; the default where absent. */
  readonly method?: MethodOptions;
}

/** What an attack does to the rows. The attacker's own rows stay where they are or are replaced; others' never change. */
export interface Attacked {
  readonly rows: Rows;
  readonly positions: number;
  /** All positions that the attacker holds; the honest one is the first. */
  readonly attacker: readonly number[];
}
