/** A mutant that no test can tell from the code, or that nobody has anything from, with the reason. */
export interface Equivalent {
  readonly file: string;
  /** The changed lines as they are and as they are in the mutant, spaces run together, as the table prints them. */
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

/** Reviewed by hand; test/unit/mutants/equivalent.test.ts says which are no mutants any more. */
export const EQUIVALENT: readonly Equivalent[] = [];
