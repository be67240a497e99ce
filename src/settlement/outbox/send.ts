import type { Hex, PublicClient, TransactionReceipt } from "viem";
import { TributaryError } from "../../core/errors.ts";
import type { ChainSender } from "../chain.ts";
import { guarded } from "../errors.ts";
import { broadcast } from "./broadcast.ts";
import { replaced, reset } from "./errors.ts";
import { type Followed, follow } from "./follow.ts";
import { look } from "./look.ts";
import { entryId, signed, trialOf } from "./sign.ts";
import type { Call, Entry, Scope } from "./types.ts";

/** Nonces tried where others send with the same account, from elsewhere. */
const MAX_NONCES = 8;

/** The first block's hash, once for a client. */
const geneses = new WeakMap<PublicClient, Hex>();

async function scopeOf({ client, chainId, account }: ChainSender): Promise<Scope> {
  const genesis = geneses.get(client) ?? (await client.getBlock({ blockNumber: 0n })).hash;
  geneses.set(client, genesis);
  return { chainId, genesis, account: account.address };
}

/** The receipt of what happened, or the error. The entry is dropped: its outcome is handed over. */
async function conclude(
  sender: ChainSender,
  scope: Scope,
  { entry, outcome }: Followed,
): Promise<TransactionReceipt> {
  const { receipt } = outcome;
  if (outcome.kind === "ours" && receipt.status === "success") {
    if (entry.purpose === undefined) await sender.outbox.remove(scope, entry.id);
    else await sender.outbox.put(scope, { ...entry, done: receipt.transactionHash });
    return receipt;
  }
  await sender.outbox.remove(scope, entry.id);
  if (outcome.kind === "other") throw replaced(entry, outcome.transaction);
  // Another transaction came between the trial and this one; the state it left names the reason.
  await guarded(() =>
    sender.client.call({ ...trialOf(sender, entry.call), blockNumber: receipt.blockNumber }),
  );
  throw new TributaryError("TRB_SETTLEMENT_REVERTED", "The transaction was mined, but reverted.", {
    details: receipt.transactionHash,
    hint: "Another transaction may have come first; try again.",
  });
}

/** An entry that the node will not have, and that no node is known to have. */
interface Rejected {
  readonly rejected: "refused" | "nonce-taken";
  readonly error: unknown;
}

/** Sends an entry's newest bytes and follows its nonce to the end. */
async function launch(sender: ChainSender, scope: Scope, entry: Entry): Promise<Followed | Rejected> {
  const sent = await broadcast(sender, entry);
  if (sent.kind === "taken") {
    if (sent.entry !== entry) await sender.outbox.put(scope, sent.entry);
    return follow(sender, scope, sent.entry);
  }
  // What cannot be known is taken for sent: its nonce says what became of it.
  if (sent.kind === "unknown" || (await look(sender, entry)).kind === "ours") {
    return follow(sender, scope, entry);
  }
  return { rejected: sent.kind, error: sent.error };
}

/**
 * Goes on with an entry of an earlier run: the same bytes are sent again, unless the chain has their outcome already.
 *
 * @throws TRB_SETTLEMENT_CHAIN_RESET where the chain is shorter than it was, or lacks the account's earlier transactions
 */
async function resume(sender: ChainSender, scope: Scope, entry: Entry): Promise<Followed | Rejected> {
  if ((await look(sender, entry)).kind !== "nothing") return follow(sender, scope, entry);
  const { client, account } = sender;
  const last = await client.getBlockNumber();
  const next = await client.getTransactionCount({ address: account.address, blockTag: "pending" });
  if (last < entry.block) throw reset(`newest block ${last}; a transaction was signed after ${entry.block}`);
  if (next < entry.nonce) throw reset(`nonce ${next} is next; a transaction was signed with ${entry.nonce}`);
  const result = await launch(sender, scope, entry);
  // Others' transaction has the nonce and waits; what becomes of ours is seen when it is mined.
  if ("rejected" in result && result.rejected === "nonce-taken") return follow(sender, scope, entry);
  return result;
}

/** A call that was not sent before: tried on the newest state, signed, kept, sent. */
async function begin(
  sender: ChainSender,
  scope: Scope,
  draft: Pick<Entry, "id" | "purpose" | "call">,
  reused: number | undefined,
): Promise<Followed> {
  const { client, account, outbox } = sender;
  await client.call(trialOf(sender, draft.call));
  let least = 0;
  for (let tries = 1; ; tries++) {
    const block = await client.getBlockNumber();
    const next = await client.getTransactionCount({ address: account.address, blockTag: "pending" });
    // A node that lags behind names a nonce again that is known to be taken.
    const nonce = tries === 1 && reused !== undefined ? reused : Math.max(next, least);
    const entry = await signed(sender, { ...draft, nonce, block, attempts: [] });
    await outbox.put(scope, entry);
    const result = await launch(sender, scope, entry);
    if (!("rejected" in result)) return result;
    const another = result.rejected === "nonce-taken" && tries < MAX_NONCES;
    if (!another) {
      await outbox.remove(scope, entry.id);
      throw result.error;
    }
    // Somebody else sends with this account; ours was never taken, so that it may have the next nonce.
    least = nonce + 1;
  }
}

/** The same call again after the node refused its bytes: signed anew at the same nonce, so that one of all is mined at most. */
async function renew(sender: ChainSender, scope: Scope, entry: Entry): Promise<Followed> {
  const { gas: _gas, ...rest } = entry;
  const next = await signed(sender, rest);
  await sender.outbox.put(scope, next);
  const result = await launch(sender, scope, next);
  if ("rejected" in result) throw result.error;
  return result;
}

/**
 * Sends a call once, whatever crashes: signed bytes, nonce and hash are in the store before they are first sent. Where an earlier
 * run began the same call for the same purpose, its transaction is found or sent again, and its receipt is the answer. What else
 * an earlier run left on its way is brought to its end first: nonces are used in order.
 *
 * @throws TRB_SETTLEMENT_REPLACED, _REVERTED, _TIMEOUT, _CHAIN_RESET, _ACCOUNT_BUSY, and what the contract refuses it for
 */
export async function sendOnce(
  sender: ChainSender,
  call: Call,
  purpose?: string,
): Promise<TransactionReceipt> {
  const scope = await guarded(() => scopeOf(sender));
  const id = entryId(call, purpose);
  return sender.outbox.exclusively(scope, () =>
    guarded(async () => {
      const entries = await sender.outbox.list(scope);
      const same = entries.find((entry) => entry.id === id);
      let reused: number | undefined;
      const others = entries.filter((entry) => entry.done === undefined && entry.id !== id);
      for (const entry of others.sort((a, b) => a.nonce - b.nonce)) {
        const result = await resume(sender, scope, entry);
        if (!("rejected" in result)) {
          await conclude(sender, scope, result).catch(ofAnotherCall);
          continue;
        }
        // Nobody has it: its nonce goes to what is sent now, so that not both can be mined.
        await sender.outbox.remove(scope, entry.id);
        reused ??= entry.nonce;
      }
      if (same === undefined) {
        const draft = { id, call, ...(purpose !== undefined && { purpose }) };
        return conclude(sender, scope, await begin(sender, scope, draft, reused));
      }
      const result = await resume(sender, scope, same);
      return conclude(sender, scope, "rejected" in result ? await renew(sender, scope, same) : result);
    }),
  );
}

/** How another call of an earlier run ended is not this one's error. */
function ofAnotherCall(error: unknown): void {
  const ended = error instanceof TributaryError && error.code.startsWith("TRB_SETTLEMENT_");
  if (!ended) throw error;
}

/** Brings everything that earlier runs left on its way to its end: for a caller that counts on the account's next nonce. */
export async function finishEarlier(sender: ChainSender): Promise<void> {
  const scope = await guarded(() => scopeOf(sender));
  await sender.outbox.exclusively(scope, () =>
    guarded(async () => {
      for (const entry of await sender.outbox.list(scope)) {
        if (entry.done !== undefined) continue;
        const result = await resume(sender, scope, entry);
        if ("rejected" in result) await sender.outbox.remove(scope, entry.id);
        else await conclude(sender, scope, result).catch(ofAnotherCall);
      }
    }),
  );
}
