import type { ChainReader } from "./chain.ts";
import { guarded } from "./errors.ts";

/** Blocks asked for at once: public nodes refuse longer ranges. */
const SPAN = 10_000n;

/**
 * All that `read` finds from block `first` to the newest one, asked for in spans that nodes accept.
 *
 * @param read answers for an inclusive range of blocks
 */
export async function overBlocks<T>(
  { client }: ChainReader,
  first: bigint,
  read: (range: { readonly fromBlock: bigint; readonly toBlock: bigint }) => Promise<readonly T[]>,
): Promise<T[]> {
  return guarded(async () => {
    const last = await client.getBlockNumber();
    const found: T[] = [];
    for (let fromBlock = first; fromBlock <= last; fromBlock += SPAN) {
      const end = fromBlock + SPAN - 1n;
      found.push(...(await read({ fromBlock, toBlock: end < last ? end : last })));
    }
    return found;
  });
}
