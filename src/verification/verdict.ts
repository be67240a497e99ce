/** Why a settlement is refused; stable, for programs and tests. */
export type FailureCode =
  | "TRB_VERIFY_SHAPE"
  | "TRB_VERIFY_TIER"
  | "TRB_VERIFY_KEY"
  | "TRB_VERIFY_DEVELOPMENT_KEY"
  | "TRB_VERIFY_SELECTOR"
  | "TRB_VERIFY_PAYOUTS"
  | "TRB_VERIFY_RANGE"
  | "TRB_VERIFY_POINT"
  | "TRB_VERIFY_OVERPAID"
  | "TRB_VERIFY_STATEMENT"
  | "TRB_VERIFY_STATEMENT_UNCHECKED"
  | "TRB_VERIFY_EQUATION"
  | `TRB_BUNDLE_${string}`;

export interface Failure {
  readonly code: FailureCode;
  /** One sentence for people: what was expected and what was seen. */
  readonly message: string;
}

export interface Verdict {
  /** True exactly where `failures` is empty. */
  readonly ok: boolean;
  readonly failures: readonly Failure[];
}

export const verdict = (failures: readonly Failure[]): Verdict => ({ ok: failures.length === 0, failures });
