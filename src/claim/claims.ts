import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import type { PositionClaim } from "../settlement/vault.ts";
import type { AmountCommitments, Earnings } from "./earnings.ts";

/** The positions that an account holds, in order. @param owners of positions 0, 1, … */
export const positionsOf = (owners: readonly Hex[], account: Hex): number[] =>
  owners.flatMap((owner, position) => (owner.toLowerCase() === account.toLowerCase() ? [position] : []));

/** Units that positions have been paid from a book; 0 for those that are not among them. */
export type Claimed = ReadonlyMap<number, bigint>;

/** What a position has earned by the checkpoint and not been paid, in units. */
export const unclaimed = ({ cumulative }: Earnings, claimed: Claimed, position: number): bigint =>
  (cumulative[position] ?? 0n) - (claimed.get(position) ?? 0n);

/**
 * The claim of one position against the earnings' checkpoint, with its opening.
 *
 * @throws TRB_CLAIM_POSITION for a position that is not in [0, C)
 */
export async function prepareClaim(
  earnings: Earnings,
  position: number,
  commitments: Pick<AmountCommitments, "open">,
): Promise<PositionClaim> {
  const { book, checkpoint, total, cumulative } = earnings;
  const amount = cumulative[position];
  if (amount === undefined) {
    throw new TributaryError("TRB_CLAIM_POSITION", "The book has no such position.", {
      details: `position ${position} of ${cumulative.length}`,
    });
  }
  const opening = await commitments.open(cumulative, position);
  return { book, checkpoint, total, position: BigInt(position), cumulative: amount, opening };
}

/**
 * The claims of those `positions` that have something to claim.
 *
 * @param claimed units paid so far
 */
export async function prepareClaims(
  earnings: Earnings,
  claimed: Claimed,
  positions: readonly number[],
  commitments: Pick<AmountCommitments, "open" | "openMany">,
): Promise<PositionClaim[]> {
  const due = positions.filter((position) => unclaimed(earnings, claimed, position) > 0n);
  const all = await commitments.openMany?.(earnings.cumulative, due.length);
  const opened: Pick<AmountCommitments, "open"> =
    all === undefined ? commitments : { open: async (_, position) => all[position]! };
  const claims: PositionClaim[] = [];
  for (const position of due) claims.push(await prepareClaim(earnings, position, opened));
  return claims;
}
