import type { Address, Hex, TransactionReceipt } from "viem";
import { TributaryError } from "../core/errors.ts";
import type { ChainSender } from "./chain.ts";
import { guarded } from "./errors.ts";

/** A transaction that was mined and did not revert. */
export interface Mined {
  readonly transaction: Hex;
  readonly blockNumber: bigint;
  readonly gasUsed: bigint;
}

/**
 * Tries a call on the newest state, so that a revert costs nothing and comes with its reason, then sends it and waits for the
 * sender's number of confirmations.
 *
 * @param to undefined deploys `data` as a contract
 * @param value of the chain's own currency, in wei
 * @throws TRB_SETTLEMENT_<the contract's error>, _TIMEOUT, _UNREACHABLE, _NO_GAS_MONEY, _RPC
 */
export async function send(
  sender: ChainSender,
  { to, data, value }: { readonly to?: Address; readonly data?: Hex; readonly value?: bigint },
): Promise<TransactionReceipt> {
  const { client, wallet, account, confirmations, timeoutMs } = sender;
  return guarded(async () => {
    const call = { ...(to && { to }), ...(data && { data }), ...(value && { value }) };
    const request = { account, ...call };
    await client.call(request);
    const hash = await wallet.sendTransaction({ ...request, chain: wallet.chain! });
    const receipt = await client.waitForTransactionReceipt({ hash, confirmations, timeout: timeoutMs });
    if (receipt.status === "success") return receipt;
    // Another transaction came between the trial and this one; the state it left names the reason.
    await client.call({ ...request, blockNumber: receipt.blockNumber });
    throw new TributaryError("TRB_SETTLEMENT_REVERTED", "The transaction was mined, but reverted.", {
      details: hash,
      hint: "Another transaction may have come first; try again.",
    });
  });
}

/** What of a receipt is of use to a caller. */
export const mined = ({ transactionHash, blockNumber, gasUsed }: TransactionReceipt): Mined => ({
  transaction: transactionHash,
  blockNumber,
  gasUsed,
});
