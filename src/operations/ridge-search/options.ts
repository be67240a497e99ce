export interface SearchOptions {
  readonly seed: number;
  /** Rows to set aside, at most a fifth of all. */
  readonly queries: number;
  /** Halves to train on, of the rows and of the contributors each. */
  readonly halves: number;
  /** λ to try; the grid around the default where absent. */
  readonly ridges?: readonly number[] | undefined;
}

/** Measured: docs/attribution.md, "λ searched per index". */
export const DEFAULT_SEARCH: Omit<SearchOptions, "seed"> = { queries: 100, halves: 16 };
