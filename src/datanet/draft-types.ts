import type { Manifest } from "./manifest.ts";
import type { Refusals } from "./refusals.ts";

/** Rows in columns, and their features wherever they wait. */
export interface DraftRows<T> {
  /** In the order of the rows; may be asked for again. */
  readonly features: () => Iterable<T>;
  /** Indices into the DataNet's labels. */
  readonly labels: Uint32Array;
  readonly lines: Uint32Array;
}

/** A version of a DataNet that is not written yet: what its manifest will say, and the rows that it adds. */
export interface DataNetDraft<T> {
  readonly body: Manifest;
  readonly rows: DraftRows<T> & { readonly positions: Uint32Array };
  /** Empty in a later version: what is held out is settled with the first. */
  readonly heldOut: DraftRows<T>;
  readonly refusals: Refusals;
}
