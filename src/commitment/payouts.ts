import { TributaryError } from "../core/errors.ts";
import { pow, rootOfUnity } from "../crypto/field.ts";
import { type Opening, scalarBytes } from "../crypto/kzg/commit.ts";
import type { KzgEngine } from "../crypto/kzg/engine.ts";
import { interpolate } from "../crypto/kzg/polynomial.ts";
import type { G1 } from "../crypto/points.ts";
import { padded } from "../protocol/statement-vector.ts";

/**
 * f_P: degree < C, f_P(ω^c) = the amount of position c, ω the primitive C-th root of unity.
 *
 * @param amounts units, at most C of them; the rest are 0
 * @param positions C
 */
export const payoutPolynomial = (amounts: readonly bigint[], positions: number): bigint[] =>
  interpolate(padded(amounts, positions));

/** C_P = [f_P(τ)]₁. Commitments add up: the sum of two is that of the sums of their amounts. */
export const commitPayouts = (
  amounts: readonly bigint[],
  positions: number,
  kzg: Pick<KzgEngine, "commit">,
): Promise<G1> => kzg.commit([[1n, scalarBytes(payoutPolynomial(amounts, positions))]]);

/**
 * The opening that a claim sends: what position c has earned in all, out of the vault's running total.
 *
 * @param totals units that each position has earned since the start, at most C of them
 * @param positions C of the vault's DataNet
 * @param position c
 * @throws TRB_COMMITMENT_POSITION for a position that the DataNet does not have
 */
export async function openTotal(
  totals: readonly bigint[],
  positions: number,
  position: number,
  kzg: Pick<KzgEngine, "open">,
): Promise<Opening> {
  if (!Number.isInteger(position) || position < 0 || position >= positions) {
    throw new TributaryError("TRB_COMMITMENT_POSITION", `the DataNet has positions 0 to ${positions - 1}`, {
      details: String(position),
    });
  }
  const polynomial = scalarBytes(payoutPolynomial(totals, positions));
  return kzg.open([[1n, polynomial]], pow(rootOfUnity(positions), BigInt(position)));
}
