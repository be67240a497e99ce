import { mod, pow, R } from "../crypto/field.ts";
import { evaluate } from "../protocol/statement-vector.ts";

export interface EvaluationInput {
  readonly alpha: bigint;
  readonly beta: bigint;
  readonly rho: bigint;
  /** v, w coefficients. */
  readonly folded: readonly bigint[];
  readonly mask: readonly [bigint, bigint];
  /** f_P, C coefficients. */
  readonly payoutPolynomial: readonly bigint[];
  /** D. */
  readonly statementVector: readonly bigint[];
}

/** Both sides of the opening at β. */
export interface Evaluation {
  /** The circuit's public output. */
  readonly y: bigint;
  /** y − ρ²·D(β): what π opens F to. */
  readonly opened: bigint;
}

/** y = [v(β) − (s_0 + s_1β)(β^w − α)] + ρ·f_P(β) + ρ²·D(β) of docs/encodings.md. */
export function evaluateAtBeta(input: EvaluationInput): Evaluation {
  const { alpha, beta, rho, folded, mask } = input;
  const masked = (mask[0] + mask[1] * beta) * (pow(beta, BigInt(folded.length)) - alpha);
  const opened = mod(evaluate(folded, beta) - masked + rho * evaluate(input.payoutPolynomial, beta));
  return { opened, y: (opened + ((rho * rho) % R) * evaluate(input.statementVector, beta)) % R };
}
