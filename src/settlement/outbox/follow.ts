import { setTimeout as sleep } from "node:timers/promises";
import { BaseError } from "viem";
import type { ChainSender } from "../chain.ts";
import { broadcast, knows } from "./broadcast.ts";
import { notInTime, whileOnItsWay } from "./errors.ts";
import { look, type Seen } from "./look.ts";
import { signed } from "./sign.ts";
import type { Entry, Scope } from "./types.ts";

/** How often an entry is signed again with higher fees: six times by a quarter are four times the first price. */
const MAX_RAISES = 6;
/** A node that fails for so long while it is asked for a receipt is given up on; the entry stays. */
const GRACE_MS = 30_000;

export type Outcome = Extract<Seen, { kind: "ours" | "other" }>;
export interface Followed {
  readonly entry: Entry;
  readonly outcome: Outcome;
}

const isOutcome = (seen: Seen): seen is Outcome => seen.kind === "ours" || seen.kind === "other";

/** Blocks that an outcome is under, its own included. The receipt alone is one. */
async function depthOf({ client, confirmations }: ChainSender, { receipt }: Outcome): Promise<bigint> {
  return confirmations <= 1 ? 1n : (await client.getBlockNumber()) - receipt.blockNumber + 1n;
}

/**
 * Signs again with higher fees, keeps that, and sends it: all hashes are ours, one nonce is used. What the node dropped is only sent
 * again: where another transaction has the nonce by now, it may be the wallet's cancellation, which is not to be outbid.
 */
async function raise(sender: ChainSender, scope: Scope, entry: Entry): Promise<Entry> {
  if (sender.account.type !== "local") return entry;
  if ((await knows(sender, entry)) !== true) {
    await broadcast(sender, entry);
    return entry;
  }
  const next = await signed(sender, entry);
  await sender.outbox.put(scope, next);
  const sent = await broadcast(sender, next);
  return sent.kind === "taken" ? sent.entry : next;
}

/**
 * Waits until an entry's nonce is taken by a transaction under enough blocks, as long as it comes nearer to that: many
 * confirmations take longer than the time that is allowed for a step. The chain is asked anew each time, so that a
 * reorganisation takes an answer back.
 *
 * @throws TRB_SETTLEMENT_TIMEOUT, _CHAIN_RESET, _UNREACHABLE: the entry stays in the store, and the next run goes on
 */
export async function follow(sender: ChainSender, scope: Scope, start: Entry): Promise<Followed> {
  const { client, confirmations, timeoutMs, raiseAfterMs } = sender;
  let entry = start;
  let progress = "";
  let progressAt = Date.now();
  let wellAt = progressAt;
  let raiseAt = progressAt + raiseAfterMs;
  for (;;) {
    try {
      const seen = await look(sender, entry);
      wellAt = Date.now();
      const depth = isOutcome(seen) ? await depthOf(sender, seen) : 0n;
      if (isOutcome(seen) && depth >= confirmations) return { entry, outcome: seen };
      if (progress !== `${seen.kind} ${depth}`) {
        progress = `${seen.kind} ${depth}`;
        progressAt = Date.now();
      }
      if (Date.now() - progressAt > timeoutMs) throw await notInTime(sender, entry, seen);
      if (seen.kind === "nothing" && Date.now() > raiseAt && entry.attempts.length <= MAX_RAISES) {
        entry = await raise(sender, scope, entry);
        raiseAt = Date.now() + raiseAfterMs;
      }
    } catch (error) {
      const lasting = Date.now() - wellAt > Math.min(GRACE_MS, timeoutMs);
      if (!(error instanceof BaseError)) throw error;
      if (lasting) throw whileOnItsWay(entry, error);
    }
    await sleep(client.pollingInterval);
  }
}
