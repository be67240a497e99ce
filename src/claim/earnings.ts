import { TributaryError } from "../core/errors.ts";
import type { G1 } from "../crypto/points.ts";
import { PACK } from "../params/bits.ts";
import type { SettledBatch } from "../settlement/settle.ts";
import type { Book } from "../settlement/vault.ts";

/** What every position of a DataNet has ever earned in one book, at one checkpoint. */
export interface Earnings {
  readonly book: bigint;
  readonly checkpoint: bigint;
  /** The point on the chain that commits to `cumulative`. */
  readonly total: G1;
  /** Units, one for each of the C positions. */
  readonly cumulative: readonly bigint[];
}

/**
 * Commitments to lists of amounts, by position: `commit` is [f(τ)]₁ with f(ω^c) = amounts[c], `open` the KZG opening of it
 * at ω^position. Bound to a reference string by whoever composes the stations.
 */
export interface AmountCommitments {
  commit(amounts: readonly bigint[]): Promise<G1>;
  open(amounts: readonly bigint[], position: number): Promise<G1>;
  /** The openings of all positions, where that is cheaper than so many single ones; undefined where it is not. */
  openMany?(amounts: readonly bigint[], count: number): Promise<readonly G1[]> | undefined;
}

const same = (a: G1, b: G1): boolean => a.x === b.x && a.y === b.y;

/** Adds a settlement's packed payouts to `cumulative`, in place. */
function addPayouts(cumulative: bigint[], { payoutWords, batchKey }: SettledBatch): void {
  const { perElement, bits } = PACK.amount;
  const mask = (1n << BigInt(bits)) - 1n;
  for (let c = 0; c < payoutWords.length * perElement; c++) {
    const units = (payoutWords[Math.floor(c / perElement)]! >> BigInt((c % perElement) * bits)) & mask;
    if (units === 0n) continue;
    if (c >= cumulative.length) {
      throw new TributaryError(
        "TRB_CLAIM_POSITION",
        "A settlement pays a position that the book does not have.",
        {
          details: `batch ${batchKey}, position ${c} of ${cumulative.length}`,
          hint: "Check that the events and the book's capacity are of the same deployment.",
        },
      );
    }
    cumulative[c]! += units;
  }
}

/**
 * Rebuilds what every position has earned in a book from the chain's events, and checks it against the chain's own total, so
 * that missing or altered events are seen here and not as a refused claim.
 *
 * @param settled every settlement into the book; those into others are left out
 * @param book the same book, read from the same node after `settled`, or before it
 * @throws TRB_CLAIM_NOTHING_SETTLED, TRB_CLAIM_TOTAL_MISMATCH, TRB_CLAIM_POSITION
 */
export async function rebuildEarnings(
  settled: readonly SettledBatch[],
  { book, capacity, total, checkpoint }: Pick<Book, "book" | "capacity" | "total" | "checkpoint">,
  commitments: Pick<AmountCommitments, "commit">,
): Promise<Earnings> {
  const included = settled.filter((one) => one.book === book && one.checkpoint <= checkpoint);
  if (included.length === 0) {
    throw new TributaryError("TRB_CLAIM_NOTHING_SETTLED", "No batch was settled into this book yet.", {
      hint: "A reward can be claimed after the first settlement.",
    });
  }
  const cumulative = new Array<bigint>(capacity).fill(0n);
  for (const batch of included) addPayouts(cumulative, batch);
  if (!same(await commitments.commit(cumulative), total)) {
    throw new TributaryError(
      "TRB_CLAIM_TOTAL_MISMATCH",
      "The settlements read do not add up to the chain's total.",
      {
        details: `${included.length} settlements, checkpoint ${checkpoint}`,
        hint: "The node may have left out events, or the reference string is not this deployment's.",
      },
    );
  }
  return { book, checkpoint, total, cumulative };
}
