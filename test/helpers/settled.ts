import { mkdir, writeFile } from "node:fs/promises";
import type { Transport } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { developmentAddress } from "../../src/cli/development.ts";
import { DEVELOPMENT_MNEMONIC } from "../../src/cli/development-keys.ts";
import { commitIndex } from "../../src/commitment/index-commitment.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import { DEFAULT_SPLIT, splitFee } from "../../src/operations/fees.ts";
import { createProver } from "../../src/operations/proving/prover.ts";
import { encodeBundle } from "../../src/protocol/bundle.ts";
import { readBatch } from "../../src/settlement/batch.ts";
import { type ChainSender, connectSender } from "../../src/settlement/chain.ts";
import { commitBatch, readNextNumber } from "../../src/settlement/commit.ts";
import { addVersion, createDataNet, joinPositions } from "../../src/settlement/datanet.ts";
import { deployAll } from "../../src/settlement/deploy.ts";
import type { Deployment } from "../../src/settlement/deployment.ts";
import { registerIndex, registerModel, setOperator } from "../../src/settlement/model.ts";
import { allowFees, transferOpen } from "../../src/settlement/token.ts";
import { batchName, bundlePath, saveBatch } from "../../src/workspace/batches.ts";
import { saveChainRecord } from "../../src/workspace/chain-record.ts";
import type { Workspace } from "../../src/workspace/workspace.ts";
import { ASSIGNED, exampleIndex, exampleTraces } from "./proof-example.ts";
import { openProofTools } from "./proof-tools.ts";

const ARTIFACTS = new URL("../../artifacts/hardhat/", import.meta.url);
/** Seconds from a commit to its deadline. */
export const WINDOW = 3600;

/** A workspace whose commands can settle, prove and claim, made without training anything. */
export interface SettledWorld {
  readonly deployment: Deployment;
  readonly datanetId: bigint;
  as(name: string): Promise<ChainSender>;
  /** Commits a batch of `count` payments and saves it in the workspace, with its proof unless it is not wanted. @returns its name */
  addBatch(count: number, proven: boolean): Promise<string>;
  close(): Promise<void>;
}

/** The development accounts by the names that commands know them by. */
const accountOf = (name: string) => {
  for (let addressIndex = 0; addressIndex < 64; addressIndex++) {
    const account = mnemonicToAccount(DEVELOPMENT_MNEMONIC, { addressIndex });
    if (account.address === developmentAddress(name)) return account;
  }
  throw new RangeError(name);
};

/** Deploys, and registers an example index of eleven contributors, on a development chain that `transport` leads to. */
export async function settledWorld(
  transport: Transport,
  rpc: string,
  workspace: Workspace,
): Promise<SettledWorld> {
  const tools = await openProofTools();
  const proving = await createProver({ tier: "mini", keys: tools.keys });
  const index = exampleIndex(1);
  const as = (name: string) => connectSender(transport, accountOf(name), { pollingMs: 10 });
  const [deployer, owner, operator] = [await as("deployer"), await as("model-owner"), await as("operator")];
  const [platform, stakers, governor] = ["platform", "stakers", "governor"].map(developmentAddress);
  const deployment = await deployAll(deployer, {
    artifacts: ARTIFACTS,
    verifyingKeys: [tools.verifyingKey],
    holder: deployer.account.address,
    governance: governor!,
    guardian: governor!,
    platform: platform!,
    stakers: stakers!,
    settleWindowSeconds: BigInt(WINDOW),
  });
  saveChainRecord(workspace, { rpc, deployment });

  const contributors = Array.from({ length: ASSIGNED }, (_, c) => developmentAddress(`contributor-${c}`));
  const { datanetId } = await createDataNet(owner, deployment, {
    name: "example",
  });
  await joinPositions(owner, deployment, { datanetId, contributors });
  const digest = `0x${"d1".repeat(32)}` as const;
  await addVersion(owner, deployment, { datanetId, rowRoot: digest, rowCount: 600 });
  const named = { datanetId, baseDigest: digest, adapterDigest: digest };
  const { modelId } = await registerModel(owner, deployment, named);
  const commitment = await commitIndex(index, tools.srs);
  const { keyDigest } = tools.keys;
  const entry = { modelId, datasetVersion: 1n, commitment, digest, keyDigest, split: DEFAULT_SPLIT };
  const { indexId } = await registerIndex(owner, deployment, entry);
  await setOperator(owner, deployment, { indexId, operator: operator.account.address, allowed: true });
  await transferOpen(deployer, deployment, { to: operator.account.address, units: 10n ** 14n });
  await allowFees(operator, deployment, 10n ** 14n);

  let seed = 10;
  return {
    deployment,
    datanetId,
    as,
    async addBatch(count, proven) {
      const n0 = await readNextNumber(operator, deployment, indexId);
      const traces = exampleTraces(++seed, indexId)
        .slice(0, count)
        .map((trace, q) => ({
          ...trace,
          number: n0 + BigInt(q),
          pool: splitFee(trace.fee, DEFAULT_SPLIT).pool,
        }));
      const fees = traces.map(({ fee }) => fee);
      const committed = await commitBatch(operator, deployment, {
        indexId,
        n0,
        fees,
        traces: traces.map((trace) => commitTrace(trace, tools.hash)),
      });
      const { statement, deadline } = await readBatch(operator, deployment, committed.batchKey);
      saveBatch(workspace, statement, { epoch: 1, fees, deadline });
      const name = batchName(statement);
      if (proven) {
        const recipient = developmentAddress("prover");
        const settlement = await proving.prove({ index, statement, traces, recipient });
        await mkdir(workspace.proofs, { recursive: true });
        await writeFile(bundlePath(workspace, name), encodeBundle(settlement));
      }
      return name;
    },
    async close() {
      await proving.close();
      await tools.close();
    },
  };
}
