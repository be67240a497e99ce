import { type Address, getAbiItem, type Hex } from "viem";
import type { G1 } from "../crypto/points.ts";
import { dataNetRegistryAbi, modelRegistryAbi } from "../generated/abis.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader } from "./chain.ts";
import { type Deployment, requireChain } from "./deployment.ts";
import { guarded } from "./errors.ts";
import type { RevenueSplit } from "./model.ts";

/** An index as the chain has it, with what it stands on; nothing of it ever changes. */
export interface IndexOnChain {
  readonly commitment: G1;
  /** Digest of the index's manifest. */
  readonly digest: Hex;
  readonly datanetId: bigint;
  /** n at registration. */
  readonly positions: number;
  readonly selector: Hex;
  readonly split: RevenueSplit;
  readonly baseDigest: Hex;
  readonly adapterDigest: Hex;
  readonly rowRoot: Hex;
  readonly rowCount: bigint;
  /** Second of the block that it was registered in: payments come later. */
  readonly registeredAt: bigint;
}

/** @throws TRB_SETTLEMENT_INDEX_UNKNOWN */
export async function readIndex(
  { client, chainId }: ChainReader,
  deployment: Deployment,
  indexId: bigint,
): Promise<IndexOnChain> {
  requireChain(deployment, chainId);
  const models = { address: deployment.contracts.modelRegistry, abi: modelRegistryAbi } as const;
  const datanets = { address: deployment.contracts.dataNetRegistry, abi: dataNetRegistryAbi } as const;
  return guarded(async () => {
    const index = await client.readContract({ ...models, functionName: "indexOf", args: [indexId] });
    const { datanetId, modelId, datasetVersion, registeredAt } = index;
    const [model, version, block] = await Promise.all([
      client.readContract({ ...models, functionName: "modelOf", args: [modelId] }),
      client.readContract({
        ...datanets,
        functionName: "versionOf",
        args: [datanetId, BigInt(datasetVersion)],
      }),
      client.getBlock({ blockNumber: registeredAt }),
    ]);
    const { commitment, digest, positions, selector, split } = index;
    const { baseDigest, adapterDigest } = model;
    const { rowRoot, rowCount } = version;
    const about = { commitment, digest, datanetId, positions, selector, split, baseDigest, adapterDigest };
    return { ...about, rowRoot, rowCount, registeredAt: block.timestamp };
  });
}

const operatorEvent = getAbiItem({ abi: modelRegistryAbi, name: "OperatorChanged" });

/** Whether an account was ever allowed to commit batches under an index, though it may not be any more. */
export async function readWasOperator(
  reader: ChainReader,
  deployment: Deployment,
  args: { readonly indexId: bigint; readonly operator: Address },
): Promise<boolean> {
  const address = deployment.contracts.modelRegistry;
  const changes = await overBlocks(reader, deployment.block, async (range) => {
    const logs = await reader.client.getLogs({ address, event: operatorEvent, args, strict: true, ...range });
    return logs.map((log) => log.args.allowed);
  });
  return changes.includes(true);
}
