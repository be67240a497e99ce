import { prepareClaims } from "../claim/claims.ts";
import { type AmountCommitments, type Earnings, rebuildEarnings } from "../claim/earnings.ts";
import { commitPayouts, openTotal, payoutPolynomial } from "../commitment/payouts.ts";
import { scalarBytes } from "../crypto/kzg/commit.ts";
import type { KzgEngine } from "../crypto/kzg/engine.ts";
import type { Srs } from "../crypto/kzg/srs.ts";
import { chooseBackend } from "../proof/choose-backend.ts";
import type { ChainReader, ChainSender } from "../settlement/chain.ts";
import { readCapacity } from "../settlement/datanet.ts";
import type { Deployment } from "../settlement/deployment.ts";
import type { Mined } from "../settlement/send.ts";
import { readSettled } from "../settlement/settle.ts";
import { claim, claimMany, readBooks, readClaimed } from "../settlement/vault.ts";

/** All C openings at once take as long as C over this singly (docs/decisions/009-native-prover.md). */
const SINGLE_OPENINGS = 8;

/**
 * Commitments to a DataNet's amounts over one reference string.
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

export interface DataNetEarnings {
  readonly earnings: Earnings;
  /** Units paid so far, by position. */
  readonly claimed: readonly bigint[];
  readonly commitments: AmountCommitments;
}

/**
 * What every position has earned and been paid, from chain data alone.
 *
 * @throws TRB_CLAIM_NOTHING_SETTLED, TRB_CLAIM_TOTAL_MISMATCH
 */
export async function readEarnings(
  reader: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
  srs: Srs,
): Promise<DataNetEarnings> {
  const capacity = await readCapacity(reader, deployment, datanetId);
  const commitments = amountCommitments(srs, capacity);
  const settled = await readSettled(reader, deployment, datanetId);
  const books = await readBooks(reader, deployment, datanetId);
  const earnings = await rebuildEarnings(settled, books, capacity, commitments);
  return { earnings, commitments, claimed: await readClaimed(reader, deployment, datanetId, capacity) };
}

export interface ClaimResult {
  /** Units that were paid. */
  readonly units: bigint;
  readonly positions: readonly number[];
  readonly transactions: readonly Mined[];
}

/** Claims all that the positions have earned and not been paid: one transaction for one position, a batched one for several. */
export async function claimPositions(
  sender: ChainSender,
  deployment: Deployment,
  { earnings, claimed, commitments }: DataNetEarnings,
  positions: readonly number[],
): Promise<ClaimResult> {
  const items = await prepareClaims(earnings, claimed, positions, commitments);
  const [first] = items;
  if (first === undefined) return { units: 0n, positions: [], transactions: [] };
  const transactions =
    items.length === 1
      ? [await claim(sender, deployment, first)]
      : await claimMany(sender, deployment, items);
  return {
    units: transactions.reduce((sum, { units }) => sum + units, 0n),
    positions: items.map(({ position }) => Number(position)),
    transactions,
  };
}
