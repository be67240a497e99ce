import type { Features } from "./types.ts";

/**
 * Where the features of taken rows wait, since owners and labels are known only when all rows were read: in memory as they are, or on
 * disk in the form that the DataNet's files have.
 */
export interface FeatureStore<T> {
  add(features: Features): void;
  /** All of them, in the order in which they came. May be asked for again. */
  all(): Iterable<T>;
}

/** Makes an empty store. */
export type OpenStore<T> = () => FeatureStore<T>;

/** Features in memory. */
export class ListedFeatures implements FeatureStore<Features> {
  readonly #list: Features[] = [];

  add(features: Features): void {
    this.#list.push(features);
  }

  all(): Iterable<Features> {
    return this.#list;
  }
}
