import { prepareClaims } from "../claim/claims.ts";
import { type AmountCommitments, type Earnings, rebuildEarnings } from "../claim/earnings.ts";
import { commitPayouts, openTotal, payoutPolynomial } from "../commitment/payouts.ts";
import { TributaryError } from "../core/errors.ts";
import { scalarBytes } from "../crypto/kzg/commit.ts";
import type { KzgEngine } from "../crypto/kzg/engine.ts";
import type { Srs } from "../crypto/kzg/srs.ts";
import { TIER_NAMES, TIERS } from "../params/tiers.ts";
import { chooseBackend } from "../proof/choose-backend.ts";
import type { ChainReader, ChainSender } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { readSettled } from "../settlement/settle.ts";
import {
  type Book,
  type ClaimPayment,
  claim,
  claimMany,
  type PositionClaim,
  readBooks,
  readClaimed,
} from "../settlement/vault.ts";
import { developmentSource, type KeySource } from "./keys/key-source.ts";
import { withPositions } from "./keys/reference-string.ts";

/** All C openings at once take as long as C over this singly (docs/decisions/009-native-prover.md). */
const SINGLE_OPENINGS = 8;

/**
 * Commitments to a book's amounts over one reference string.
 *
 * @param capacity C
 * @param kzg default: of the backend that is there
 * @throws TRB_PROOF_NO_NATIVE, TRB_PROOF_BACKEND_NAME where the environment asks for another backend
 */
export function amountCommitments(
  srs: Srs,
  capacity: number,
  kzg: KzgEngine = chooseBackend().kzg(srs),
): AmountCommitments {
  return {
    commit: (amounts) => commitPayouts(amounts, capacity, kzg),
    open: async (amounts, position) => (await openTotal(amounts, capacity, position, kzg)).proof,
    openMany: (amounts, count) =>
      count * SINGLE_OPENINGS < capacity
        ? undefined
        : kzg.openAll?.(scalarBytes(payoutPolynomial(amounts, capacity))),
  };
}

/** A book of a DataNet with what every position earned in it, by its newest total. */
export interface BookEarnings {
  readonly book: Book;
  readonly earnings: Earnings;
  readonly commitments: AmountCommitments;
}

/**
 * What every position of a DataNet has earned, book by book, from chain data alone. Books without a settlement are left out.
 *
 * @param srs with as many powers as the largest book has positions
 * @throws TRB_CLAIM_TOTAL_MISMATCH
 */
export async function readEarnings(
  reader: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
  srs: Srs,
): Promise<readonly BookEarnings[]> {
  const ids = (await readBooks(reader, deployment, datanetId)).map(({ book }) => book);
  const settled = await readSettled(reader, deployment, ids);
  // Read again, after the events: a settlement between the two is in neither, or left out.
  const books = await readBooks(reader, deployment, datanetId);
  const found: BookEarnings[] = [];
  for (const book of books) {
    if (!settled.some((one) => one.book === book.book)) continue;
    const commitments = amountCommitments(srs, book.capacity);
    found.push({ book, commitments, earnings: await rebuildEarnings(settled, book, commitments) });
  }
  return found;
}

/**
 * Lends what positions of a DataNet earned, book by book, with the powers of τ that opening them takes: of the smallest tier that
 * has as many positions as the largest book.
 */
export async function withEarnings<T>(
  { reader, deployment }: { readonly reader: ChainReader; readonly deployment: Deployment },
  datanetId: bigint,
  use: (books: readonly BookEarnings[]) => Promise<T>,
  keys: KeySource = developmentSource,
): Promise<T> {
  const settled = (await readBooks(reader, deployment, datanetId)).filter(
    ({ checkpoint }) => checkpoint > 0n,
  );
  const most = Math.max(0, ...settled.map(({ capacity }) => capacity));
  if (most === 0) return use([]);
  const tier = TIER_NAMES.find((name) => TIERS[name].positions >= most)!;
  return withPositions(
    tier,
    async (srs) => use(await readEarnings(reader, deployment, datanetId, srs)),
    keys,
  );
}

export interface ClaimResult {
  /** Units that were paid. */
  readonly units: bigint;
  /** Those that were paid something. */
  readonly positions: readonly number[];
  readonly transactions: readonly ClaimPayment[];
}

/** Sends the claims of all that the positions have earned and not been paid, each payment into `into` when it is mined. */
async function sendClaims(
  sender: ChainSender,
  deployment: Deployment,
  books: readonly BookEarnings[],
  positions: readonly number[],
  into: ClaimPayment[],
): Promise<void> {
  const items: PositionClaim[] = [];
  for (const { book, earnings, commitments } of books) {
    const within = positions.filter((position) => position < book.capacity);
    const claimed = await readClaimed(sender, deployment, book.book, within);
    items.push(...(await prepareClaims(earnings, claimed, within, commitments)));
  }
  const [first, ...others] = items;
  if (first === undefined) return;
  if (others.length === 0) into.push(await claim(sender, deployment, first));
  else for await (const payment of claimMany(sender, deployment, items)) into.push(payment);
}

function resultOf(transactions: readonly ClaimPayment[]): ClaimResult {
  const paid = transactions.flatMap((transaction) => transaction.paid);
  return {
    units: paid.reduce((sum, { units }) => sum + units, 0n),
    positions: [...new Set(paid.map(({ position }) => Number(position)))],
    transactions,
  };
}

/**
 * Claims all that the positions have earned in any book and not been paid: one transaction, or a few for very many. A claim
 * that somebody else brought in the meantime is passed over.
 */
export async function claimPositions(
  sender: ChainSender,
  deployment: Deployment,
  books: readonly BookEarnings[],
  positions: readonly number[],
): Promise<ClaimResult> {
  const transactions: ClaimPayment[] = [];
  await sendClaims(sender, deployment, books, positions, transactions);
  return resultOf(transactions);
}

const isOverwritten = (error: unknown): boolean =>
  error instanceof TributaryError && error.code === "TRB_SETTLEMENT_CHECKPOINT_UNKNOWN";

/**
 * The same from the newest totals. A total holds for three settlements more, or for a day after it closed one: where it was written
 * over before the claim was mined, what was earned is gathered again, and claimed once more.
 *
 * @throws TRB_CLAIM_TOTAL_MISMATCH, TRB_SETTLEMENT_CHECKPOINT_UNKNOWN where that happens twice with nothing paid in between
 */
export async function claimNewest(
  sender: ChainSender,
  deployment: Deployment,
  { datanetId, positions }: { readonly datanetId: bigint; readonly positions: readonly number[] },
  keys: KeySource = developmentSource,
): Promise<ClaimResult> {
  const transactions: ClaimPayment[] = [];
  const attempt = (): Promise<void> =>
    withEarnings(
      { reader: sender, deployment },
      datanetId,
      (books) => sendClaims(sender, deployment, books, positions, transactions),
      keys,
    );
  for (let before = -1; ; before = transactions.length) {
    try {
      await attempt();
      return resultOf(transactions);
    } catch (error) {
      if (!isOverwritten(error) || transactions.length === before) throw error;
    }
  }
}
