import { createHash } from "node:crypto";
import { Eip1559FeesNotSupportedError, type Hex, keccak256, type TransactionSerializable } from "viem";
import { toJson } from "../../files/disk.ts";
import type { ChainSender } from "../chain.ts";
import type { Attempt, Call, Entry, Fees } from "./types.ts";

/** geth takes a replacement for 10 % more, others for 12.5 %. */
const RAISE_PERCENT = 125n;

/** The name of a call for a purpose. */
export const entryId = (call: Call, purpose: string | undefined): string =>
  createHash("sha256")
    .update(toJson([purpose ?? null, call.to?.toLowerCase() ?? null, call.data ?? "0x", call.value ?? 0n]))
    .digest("hex");

/** viem takes no keys that are undefined. */
const callOf = ({ to, data, value }: Call) => ({
  ...(to && { to }),
  ...(data && { data }),
  ...(value && { value }),
});

/** The same call as `eth_call` takes it. By the address alone: for an account with a key viem would ask five questions more. */
export const trialOf = ({ account }: ChainSender, call: Call) => ({
  account: account.address,
  ...callOf(call),
});

function raised(fees: Fees | undefined, now: Fees): Fees {
  const more = (before: bigint, market: bigint): bigint => {
    const step = (before * RAISE_PERCENT) / 100n + 1n;
    return step > market ? step : market;
  };
  if (fees === undefined) return now;
  if ("gasPrice" in fees) {
    return { gasPrice: more(fees.gasPrice, "gasPrice" in now ? now.gasPrice : now.maxFeePerGas) };
  }
  if ("gasPrice" in now) return now;
  return {
    maxFeePerGas: more(fees.maxFeePerGas, now.maxFeePerGas),
    maxPriorityFeePerGas: more(fees.maxPriorityFeePerGas, now.maxPriorityFeePerGas),
  };
}

/** What the market asks for: EIP-1559's prices, or the gas price of a chain from before. */
async function marketFees({ client, wallet }: ChainSender): Promise<Fees> {
  try {
    const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas({
      type: "eip1559",
      chain: wallet.chain!,
    });
    return { maxFeePerGas, maxPriorityFeePerGas };
  } catch (error) {
    if (!(error instanceof Eip1559FeesNotSupportedError)) throw error;
    return { gasPrice: await client.getGasPrice() };
  }
}

/**
 * Signs an entry's call at its nonce, with higher fees than those of before. Where the node signs, the entry is all there is: the
 * node is told the nonce, so that asking it twice makes one transaction.
 */
export async function signed(sender: ChainSender, entry: Entry): Promise<Entry> {
  const { client, account, chainId } = sender;
  if (account.type !== "local") return entry;
  const gas = entry.gas ?? (await client.estimateGas(trialOf(sender, entry.call)));
  const fees = raised(entry.attempts.at(-1)?.fees, await marketFees(sender));
  const raw = await account.signTransaction({
    ...callOf(entry.call),
    ...("gasPrice" in fees ? { type: "legacy" as const } : { type: "eip1559" as const }),
    ...fees,
    chainId: Number(chainId),
    nonce: entry.nonce,
    gas,
  } as TransactionSerializable);
  const attempt: Attempt = { hash: keccak256(raw), raw, fees };
  return { ...entry, gas, attempts: [...entry.attempts, attempt] };
}

/** Sends the newest bytes of an entry, or has the node sign and send its call. @returns the hash that the node names */
export async function dispatch(sender: ChainSender, entry: Entry): Promise<Hex> {
  const { wallet, account } = sender;
  const raw = entry.attempts.at(-1)?.raw;
  if (raw !== undefined) return wallet.sendRawTransaction({ serializedTransaction: raw });
  return wallet.sendTransaction({
    account,
    chain: wallet.chain!,
    ...callOf(entry.call),
    nonce: entry.nonce,
  });
}
