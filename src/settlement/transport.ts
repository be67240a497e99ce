import { setTimeout as sleep } from "node:timers/promises";
import { http, type Transport } from "viem";
import { isBusy, isOutage, retryAfterMs } from "./node-errors.ts";

export interface NodeOptions {
  /** How long one answer may take. */
  readonly timeoutMs?: number;
  /** How long a request waits in all for a node that has too much to do. */
  readonly patienceMs?: number;
  /** Requests that are under way at once: a public node refuses more. */
  readonly parallel?: number;
}

const TIMEOUT_MS = 20_000;
const PATIENCE_MS = 60_000;
const PARALLEL = 16;
/** The first pause, twice as long each further time, where a node asks for less; ten times that where it names none. */
const LEAST_PAUSE_MS = 50;
/** A connection that broke is tried once more. */
const OUTAGE_PAUSE_MS = 150;

/** Lets `limit` pieces of work run at once; the others wait in order. */
function gate(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < limit) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes to the next one; only where nobody waits it is free.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

/** Asks again while the node asks for patience, as long as that lasts; the node's last word where it does not end. */
async function patiently<T>(ask: () => Promise<T>, patienceMs: number): Promise<T> {
  const until = Date.now() + patienceMs;
  let outages = 0;
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (isBusy(error)) {
        const least = LEAST_PAUSE_MS * 2 ** Math.min(tries, 7);
        const pause = Math.max(least, retryAfterMs(error) ?? 10 * least);
        if (Date.now() + pause > until) throw error;
        await sleep(pause);
      } else if (isOutage(error) && outages++ === 0) {
        await sleep(OUTAGE_PAUSE_MS);
      } else {
        throw error;
      }
    }
  }
}

/**
 * JSON-RPC over HTTP as public nodes want it: one request a message (a list of them is over many nodes' limit), a few at a time,
 * and a 429 waited for as its Retry-After says. Sending a transaction's bytes again is harmless, so that every request is tried
 * again alike.
 */
export function nodeTransport(
  url: string,
  { timeoutMs = TIMEOUT_MS, patienceMs = PATIENCE_MS, parallel = PARALLEL }: NodeOptions = {},
): Transport {
  const inner = http(url, { timeout: timeoutMs, retryCount: 0 });
  const through = gate(parallel);
  return (parameters) => {
    const made = inner(parameters);
    const request: typeof made.request = (args, options) =>
      through(() => patiently(() => made.request(args, options), patienceMs)) as never;
    return { ...made, request };
  };
}
