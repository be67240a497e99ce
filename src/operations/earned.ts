import { unclaimed } from "../claim/claims.ts";
import type { Hex } from "../core/hex.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { readClaimed } from "../settlement/vault.ts";
import type { BookEarnings } from "./claim.ts";

/** Units of one position, in one book or summed over all. */
export interface EarnedAmounts {
  /** All that settlements ever granted it. */
  readonly earned: bigint;
  readonly claimed: bigint;
  /** What a claim would pay now. */
  readonly claimable: bigint;
}

export interface EarnedInBook extends EarnedAmounts {
  readonly book: bigint;
  /** Of the verifier whose proofs the book is made of. */
  readonly selector: Hex;
  /** C: positions from here on are not in the book. */
  readonly capacity: number;
}

/** What a position earned: each book apart, and summed. */
export interface PositionEarned extends EarnedAmounts {
  readonly position: number;
  /** Of the DataNet, in the order in which their verifiers were admitted; only those that have the position. */
  readonly books: readonly EarnedInBook[];
}

const NOTHING: EarnedAmounts = { earned: 0n, claimed: 0n, claimable: 0n };

const add = (a: EarnedAmounts, b: EarnedAmounts): EarnedAmounts => ({
  earned: a.earned + b.earned,
  claimed: a.claimed + b.claimed,
  claimable: a.claimable + b.claimable,
});

/**
 * What positions have earned, been paid and can claim, book by book and summed. Reads the chain; sends nothing.
 *
 * @param books of `readEarnings`
 * @param positions in the order of the answer
 */
export async function readEarned(
  reader: ChainReader,
  deployment: Deployment,
  books: readonly BookEarnings[],
  positions: readonly number[],
): Promise<readonly PositionEarned[]> {
  const parts = await Promise.all(
    books.map(async ({ book, earnings }) => {
      const within = positions.filter((position) => position < book.capacity);
      return { book, earnings, claimed: await readClaimed(reader, deployment, book.book, within) };
    }),
  );
  return positions.map((position) => {
    const own = parts
      .filter(({ book }) => position < book.capacity)
      .map(({ book: { book, selector, capacity }, earnings, claimed }) => ({
        book,
        selector,
        capacity,
        earned: earnings.cumulative[position] ?? 0n,
        claimed: claimed.get(position) ?? 0n,
        claimable: unclaimed(earnings, claimed, position),
      }));
    return { position, books: own, ...own.reduce(add, NOTHING) };
  });
}
