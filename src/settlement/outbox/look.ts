import { type Hex, type Transaction, type TransactionReceipt, TransactionReceiptNotFoundError } from "viem";
import type { ChainSender } from "../chain.ts";
import { saysOf } from "../node-errors.ts";
import { minedAt } from "./mined-at.ts";
import type { Call, Entry } from "./types.ts";

/** What the chain says of an entry's nonce now. */
export type Seen =
  /** No transaction of this nonce is mined, as far as the node can say. */
  | { readonly kind: "nothing" }
  /** Ours is mined, but the node has no receipt of it yet. */
  | { readonly kind: "unindexed"; readonly transaction: Transaction }
  /** Ours, or the same call with other fees: the account's wallet sped it up. */
  | { readonly kind: "ours"; readonly receipt: TransactionReceipt }
  /** Another call took the nonce: ours can never be mined. */
  | { readonly kind: "other"; readonly transaction: Transaction; readonly receipt: TransactionReceipt };

/** The receipt of a transaction; undefined where there is none, or the node is still indexing: not yet, and no failure. */
async function receiptOf({ client }: ChainSender, hash: Hex): Promise<TransactionReceipt | undefined> {
  try {
    const receipt = await client.getTransactionReceipt({ hash });
    // A node that answers with another transaction's receipt has none of ours.
    return receipt.transactionHash === hash ? receipt : undefined;
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError || saysOf(error, "indexing")) return undefined;
    throw error;
  }
}

const lower = (text: string | null | undefined): string => text?.toLowerCase() ?? "";

/** Whether a transaction does what the call does. */
const does = ({ to, input, value }: Transaction, call: Call): boolean =>
  lower(to) === lower(call.to) && lower(input) === lower(call.data ?? "0x") && value === (call.value ?? 0n);

/**
 * Asks for the receipts of all that was signed for an entry, then for whatever took its nonce. A receipt is ours by its hash, or by
 * its call: cancelled and sped up look the same to who asks by nonce alone.
 */
export async function look(sender: ChainSender, entry: Entry): Promise<Seen> {
  for (const { hash } of entry.attempts) {
    const receipt = await receiptOf(sender, hash);
    if (receipt !== undefined) return { kind: "ours", receipt };
  }
  const { nonce, block } = entry;
  const transaction = await minedAt(sender.client, { account: sender.account.address, nonce, after: block });
  if (transaction === undefined) return { kind: "nothing" };
  const receipt = await receiptOf(sender, transaction.hash);
  const ours = entry.attempts.some(({ hash }) => hash === transaction.hash) || does(transaction, entry.call);
  if (receipt === undefined) return ours ? { kind: "unindexed", transaction } : { kind: "nothing" };
  return ours ? { kind: "ours", receipt } : { kind: "other", transaction, receipt };
}
