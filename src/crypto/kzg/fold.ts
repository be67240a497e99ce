import { R } from "../field.ts";
import type { Polynomial } from "./polynomial.ts";

/** f_Φ = q·(X^w − α) + v. */
export interface Fold {
  /** w coefficients: v_j = Σ_c α^c Φ_cj. */
  readonly folded: bigint[];
  /** (C − 1)·w coefficients. */
  readonly quotient: bigint[];
}

/**
 * Folds the rows of f_Φ at α: with Y = X^w the polynomial is Σ_c row_c·Y^c, and dividing by Y − α is
 * one backward pass over the rows, every column for itself (univariate division by X^b − α as in
 * Mercury, ePrint 2025/385).
 *
 * @param polynomial C·w coefficients, row after row
 * @param rowWidth w
 */
export function foldRows(polynomial: Polynomial, rowWidth: number, alpha: bigint): Fold {
  const quotient = new Array<bigint>(polynomial.length - rowWidth);
  let carry = polynomial.slice(-rowWidth);
  for (let start = polynomial.length - 2 * rowWidth; start >= 0; start -= rowWidth) {
    for (let j = 0; j < rowWidth; j++) quotient[start + j] = carry[j]!;
    carry = carry.map((value, j) => (value * alpha + polynomial[start + j]!) % R);
  }
  return { folded: carry, quotient };
}
