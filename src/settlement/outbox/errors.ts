import type { Transaction } from "viem";
import { TributaryError } from "../../core/errors.ts";
import type { ChainSender } from "../chain.ts";
import { translate } from "../errors.ts";
import type { Seen } from "./look.ts";
import type { Entry } from "./types.ts";

const hashesOf = ({ attempts }: Entry): string =>
  attempts.map(({ hash }) => hash).join(", ") || "no hash yet";

/** Another call took the nonce: the account's wallet cancelled ours, or another program sent with the account. */
export const replaced = (entry: Entry, other: Transaction): TributaryError =>
  new TributaryError(
    "TRB_SETTLEMENT_REPLACED",
    "Another transaction took the place of ours: what was asked for did not happen.",
    {
      details: `ours ${hashesOf(entry)}; mined instead ${other.hash}, nonce ${entry.nonce}, block ${other.blockNumber}`,
      hint: "The account's wallet cancelled it, or another program sends with this account. Run the same command again to send it anew.",
    },
  );

export const reset = (details: string): TributaryError =>
  new TributaryError(
    "TRB_SETTLEMENT_CHAIN_RESET",
    "The node's chain is not the one that was there before: it was reset, or the node is far behind.",
    {
      details,
      hint: "Wait where the node is only behind. Where it was reset, deploy and register again; what was sent is in the workspace's outbox/, to be moved away by hand.",
    },
  );

/** Why the wait for an entry ended without an outcome. */
export async function notInTime(
  { client, confirmations }: ChainSender,
  entry: Entry,
  seen: Seen,
): Promise<TributaryError> {
  const last = await client.getBlockNumber();
  if (last < entry.block) return reset(`newest block ${last}; ours was signed after block ${entry.block}`);
  const state = {
    nothing: () => "not mined",
    unindexed: () => "mined, but the node is still indexing and has no receipt",
    ours: () => depth("mined"),
    other: () => depth("another transaction was mined in its place"),
  };
  const depth = (what: string): string => {
    const block = (seen as Extract<Seen, { kind: "ours" }>).receipt.blockNumber;
    return `${what} in block ${block}, ${last - block + 1n} of ${confirmations} confirmations`;
  };
  return new TributaryError("TRB_SETTLEMENT_TIMEOUT", "The transaction was sent, but is not confirmed yet.", {
    details: `${hashesOf(entry)}, nonce ${entry.nonce}: ${state[seen.kind]()}`,
    hint: "Run the same command again: it goes on waiting for this transaction, and sends no second one.",
  });
}

/** An error of the node while a transaction was on its way: what is said first is that it was sent. */
export function whileOnItsWay(entry: Entry, error: unknown): unknown {
  const known = translate(error);
  if (!(known instanceof TributaryError)) return known;
  return new TributaryError(known.code, known.message, {
    details: `${known.details ?? ""}; the transaction was sent: ${hashesOf(entry)}, nonce ${entry.nonce}`,
    hint: "Run the same command again when the node answers: it finds this transaction, and sends no second one.",
    cause: error,
  });
}
