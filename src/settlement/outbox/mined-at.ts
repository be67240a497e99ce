import type { Address, PublicClient, Transaction } from "viem";

/** Blocks read one by one where the node cannot say how many transactions an account had sent by then. */
const WALK = 2_000n;

export interface NonceSlot {
  readonly account: Address;
  readonly nonce: number;
  /** A block before the transaction's. */
  readonly after: bigint;
}

/**
 * The account's mined transaction of a nonce, ours or not; undefined where the nonce is free, or the node that answers has not
 * got the block yet. JSON-RPC finds transactions by hash only: the block is the first after which the account had sent more.
 */
export async function minedAt(client: PublicClient, slot: NonceSlot): Promise<Transaction | undefined> {
  const { account: address, nonce } = slot;
  const last = await client.getBlockNumber();
  if (slot.after > last || (await client.getTransactionCount({ address })) <= nonce) return undefined;
  const usedBy = async (blockNumber: bigint): Promise<boolean> =>
    (await client.getTransactionCount({ address, blockNumber })) > nonce;
  let low = slot.after;
  let high = last;
  try {
    while (low < high) {
      const middle = (low + high) / 2n;
      if (await usedBy(middle)) high = middle;
      else low = middle + 1n;
    }
  } catch {
    // A node that keeps no old state: the blocks themselves are there.
    return walk(client, slot, last);
  }
  return inBlock(client, slot, low);
}

async function walk(client: PublicClient, slot: NonceSlot, last: bigint): Promise<Transaction | undefined> {
  const end = slot.after + WALK < last ? slot.after + WALK : last;
  for (let number = slot.after; number <= end; number++) {
    const found = await inBlock(client, slot, number);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function inBlock(
  client: PublicClient,
  { account, nonce }: NonceSlot,
  blockNumber: bigint,
): Promise<Transaction | undefined> {
  const { transactions } = await client.getBlock({ blockNumber, includeTransactions: true });
  return transactions.find(
    (transaction) => transaction.nonce === nonce && transaction.from.toLowerCase() === account.toLowerCase(),
  );
}
