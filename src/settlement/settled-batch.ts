import { getAbiItem, type Hex } from "viem";
import { TributaryError } from "../core/errors.ts";
import { settlementAbi } from "../generated/abis.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader } from "./chain.ts";
import { type Deployment, requireChain } from "./deployment.ts";
import type { SettledBatch } from "./settle.ts";

const settledEvent = getAbiItem({ abi: settlementAbi, name: "Settled" });

/**
 * What the settlement of one batch paid, from its event.
 *
 * @throws TRB_SETTLEMENT_EVENT_MISSING where the node does not have it: it was asked about a batch that the treasury calls settled
 */
export async function readSettledBatch(
  reader: ChainReader,
  deployment: Deployment,
  batchKey: Hex,
): Promise<SettledBatch> {
  requireChain(deployment, reader.chainId);
  const address = deployment.contracts.settlement;
  const [settled] = await overBlocks(reader, deployment.block, async (range) => {
    const logs = await reader.client.getLogs({
      address,
      event: settledEvent,
      args: { batchKey },
      strict: true,
      ...range,
    });
    return logs.map((log) => log.args);
  });
  if (settled !== undefined) return settled;
  throw new TributaryError(
    "TRB_SETTLEMENT_EVENT_MISSING",
    "The batch is settled, but the node does not say what it paid.",
    {
      details: batchKey,
      hint: "Give a node that has the deployment's whole history.",
    },
  );
}
