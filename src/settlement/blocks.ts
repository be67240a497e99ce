import type { PublicClient } from "viem";
import { TributaryError } from "../core/errors.ts";
import type { ChainReader } from "./chain.ts";
import { guarded, translate } from "./errors.ts";
import { isBusy, isOutage } from "./node-errors.ts";

/** Blocks asked for at once where a node has refused none. */
const SPAN = 10_000n;
/** A node that does not answer in time may be asked for less, but not down to one block: it may be down. */
const LEAST_AFTER_SILENCE = 1_000n;

/** The span that a node took last: what it refused once is not asked again. */
const spans = new WeakMap<PublicClient, bigint>();

interface BlockRange {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}

/**
 * Whether fewer blocks may be answered. Nodes refuse a range in many words and under many codes (too many blocks, results or
 * bytes, -32005, -32602, HTTP 400 and 413), so that every error but a busy node's counts: halving costs fourteen requests.
 */
function lessMayDo(error: unknown, span: bigint): boolean {
  if (span <= 1n || isBusy(error)) return false;
  return isOutage(error) ? span > LEAST_AFTER_SILENCE : true;
}

function refusedOne(error: unknown, { fromBlock }: BlockRange): unknown {
  const cause = translate(error);
  if (!(cause instanceof TributaryError) || cause.code !== "TRB_SETTLEMENT_RPC") return cause;
  return new TributaryError("TRB_SETTLEMENT_LOGS", "The node refuses the events of a single block.", {
    details: `block ${fromBlock}: ${cause.details ?? ""}`,
    hint: "Its operator may have switched them off, or it lacks old blocks: name another node with --rpc.",
    cause: error,
  });
}

/**
 * All that `read` finds from block `first` to the newest one. A range that the node refuses is halved, down to one block.
 *
 * @param read answers for an inclusive range of blocks
 * @throws TRB_SETTLEMENT_LOGS where one block is refused, TRB_SETTLEMENT_BUSY, _UNREACHABLE
 */
export async function overBlocks<T>(
  { client }: ChainReader,
  first: bigint,
  read: (range: BlockRange) => Promise<readonly T[]>,
): Promise<T[]> {
  const last = await guarded(() => client.getBlockNumber());
  const found: T[] = [];
  for (let fromBlock = first; fromBlock <= last; ) {
    const left = last - fromBlock + 1n;
    const wanted = spans.get(client) ?? SPAN;
    const span = wanted < left ? wanted : left;
    const range = { fromBlock, toBlock: fromBlock + span - 1n };
    try {
      found.push(...(await read(range)));
      fromBlock += span;
    } catch (error) {
      if (!lessMayDo(error, span)) throw refusedOne(error, range);
      spans.set(client, span / 2n);
    }
  }
  return found;
}
