import { custom } from "viem";
import type { KeySource } from "../../src/operations/keys/key-source.ts";
import { paramsDigest } from "../../src/params/digest.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";
import { type ChainReader, connectReader } from "../../src/settlement/chain.ts";
import type { Deployment } from "../../src/settlement/deployment.ts";
import type { World } from "./world.ts";

/** The world's deployment record, as a client has it. */
export const deploymentOf = (world: World): Deployment => ({
  chainId: BigInt(world.chain.client.chain.id),
  block: 0n,
  paramsDigest: paramsDigest(),
  contracts: {
    openToken: world.open.address,
    dataNetRegistry: world.datanets.address,
    modelRegistry: world.models.address,
    verifierRouter: world.router.address,
    settlement: world.settlement.address,
    treasury: world.treasury.address,
    dataNetReserve: world.reserve.address,
  },
  verifiers: { [world.key.tier]: world.verifier.address },
});

/** The product's client on the world's chain. */
export const readerOf = (world: World): Promise<ChainReader> =>
  connectReader(custom(world.chain.client, { retryCount: 0 }), { pollingMs: 10 });

/** A reader who pins one key. */
export const pinning = (key: VerifyingKey): KeySource => ({
  development: false,
  proving: () => Promise.reject(new Error("nothing is proven with it")),
  verifying: async (tier) => (tier === key.tier ? key : undefined),
  powers: () => Promise.reject(new Error("nothing is committed with it")),
});
