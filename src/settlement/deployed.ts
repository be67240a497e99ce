import { TributaryError } from "../core/errors.ts";
import type { ChainReader } from "./chain.ts";
import { type Deployment, requireChain } from "./deployment.ts";
import { guarded } from "./errors.ts";

/**
 * Says so where the contracts are not there: the node was reset, has another chain of the same number, or is far behind.
 *
 * @throws TRB_SETTLEMENT_CHAIN (another number), TRB_SETTLEMENT_CHAIN_RESET
 */
export async function requireDeployed(reader: ChainReader, deployment: Deployment): Promise<void> {
  requireChain(deployment, reader.chainId);
  const { block, contracts } = deployment;
  const { client } = reader;
  const [last, treasury, settlement] = await guarded(() =>
    Promise.all([
      client.getBlockNumber(),
      client.getCode({ address: contracts.treasury }),
      client.getCode({ address: contracts.settlement }),
    ]),
  );
  if (last >= block && treasury !== undefined && settlement !== undefined) return;
  throw new TributaryError("TRB_SETTLEMENT_CHAIN_RESET", "The contracts are not on this node's chain.", {
    details:
      last < block
        ? `newest block ${last}; they were deployed after block ${block}`
        : `no code at ${treasury === undefined ? contracts.treasury : contracts.settlement}`,
    hint: "The node was reset, or is behind, or the deployment record is another chain's. A development chain is started again with: tributary chain dev, then tributary register.",
  });
}
