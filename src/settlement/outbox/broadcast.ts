import { TransactionNotFoundError } from "viem";
import type { ChainSender } from "../chain.ts";
import { isBusy, isRefusal, saysOf } from "../node-errors.ts";
import { dispatch } from "./sign.ts";
import type { Attempt, Entry } from "./types.ts";

export type Sent =
  /** A node has it. */
  | { readonly kind: "taken"; readonly entry: Entry }
  /** The node has another transaction of this nonce, and not ours. */
  | { readonly kind: "nonce-taken"; readonly error: unknown }
  /** The node will not have it, and does not have it. */
  | { readonly kind: "refused"; readonly error: unknown }
  /** Nobody can say: the answer was lost. */
  | { readonly kind: "unknown"; readonly error: unknown };

/** Whether the node knows one of an entry's transactions; undefined where it does not say. */
export async function knows({ client }: ChainSender, { attempts }: Entry): Promise<boolean | undefined> {
  for (const { hash } of attempts) {
    try {
      await client.getTransaction({ hash });
      return true;
    } catch (error) {
      if (!(error instanceof TransactionNotFoundError)) return undefined;
    }
  }
  return false;
}

/** Sends an entry's newest bytes. An error says little: the chain is asked before it is believed. */
export async function broadcast(sender: ChainSender, entry: Entry): Promise<Sent> {
  try {
    const hash = await dispatch(sender, entry);
    if (entry.attempts.some((attempt) => attempt.hash === hash)) return { kind: "taken", entry };
    // The node signed it.
    const attempt: Attempt = { hash };
    return { kind: "taken", entry: { ...entry, attempts: [...entry.attempts, attempt] } };
  } catch (error) {
    if (saysOf(error, "known")) return { kind: "taken", entry };
    const known = await knows(sender, entry);
    if (known === true) return { kind: "taken", entry };
    if (known === undefined || !isRefusal(error) || isBusy(error)) return { kind: "unknown", error };
    if (saysOf(error, "nonceTaken") || saysOf(error, "underpriced")) return { kind: "nonce-taken", error };
    return { kind: "refused", error };
  }
}
