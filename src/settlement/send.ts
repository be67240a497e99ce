import type { Hex, TransactionReceipt } from "viem";
import type { ChainSender } from "./chain.ts";
import { sendOnce } from "./outbox/send.ts";
import type { Call } from "./outbox/types.ts";

/** A transaction that was mined and did not revert. */
export interface Mined {
  readonly transaction: Hex;
  readonly blockNumber: bigint;
  readonly gasUsed: bigint;
}

/**
 * Tries a call on the newest state, so that a revert costs nothing and comes with its reason, then sends it and waits for the
 * sender's number of confirmations. What a crash left on its way is gone on with (docs/decisions/019-outbox.md).
 *
 * @throws TRB_SETTLEMENT_<the contract's error>, _REPLACED, _TIMEOUT, _UNREACHABLE, _BUSY, _NO_GAS_MONEY, _RPC, _CHAIN_RESET
 */
export const send = (sender: ChainSender, call: Call): Promise<TransactionReceipt> =>
  sendOnce(sender, call, sender.purpose);

/** What of a receipt is of use to a caller. */
export const mined = ({ transactionHash, blockNumber, gasUsed }: TransactionReceipt): Mined => ({
  transaction: transactionHash,
  blockNumber,
  gasUsed,
});
