import type { LocalAccount } from "viem";
import type { Hex } from "../../core/hex.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { DataNet } from "../../datanet/types.ts";
import { readText } from "../../files/disk.ts";
import type { OnnxBase } from "../../model/user-base.ts";
import type { ChainSender } from "../../settlement/chain.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import { loadBatch } from "../../workspace/batches.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { chainFacts } from "../chain-facts.ts";
import { commitWaiting } from "../commit.ts";
import { DEFAULT_SPLIT } from "../fees.ts";
import { buildIndex } from "../index/build-index.ts";
import { registerIndexOf } from "../index/register-index.ts";
import { proveBatches } from "../proving/prove.ts";
import { serveRequests } from "../serve.ts";
import { settleBundles } from "../settle.ts";
import type { AdapterOptions } from "../training/fit-models.ts";
import { trainModel } from "../training/train.ts";
import { verifyBundleText } from "../verify.ts";
import type { Request } from "./requests.ts";
import type { BatchStory, EpochStory } from "./story.ts";

/** The accounts of a run, by role; contributors by position. */
export interface Cast {
  readonly modelOwner: ChainSender;
  readonly operator: ChainSender;
  readonly operatorAccount: LocalAccount;
  readonly prover: ChainSender;
  readonly payer: Hex;
  readonly ownerOf: (position: number) => Hex;
  readonly senderOf: (position: number) => Promise<ChainSender>;
}

export interface Stage {
  readonly workspace: Workspace;
  readonly deployment: Deployment;
  readonly cast: Cast;
  readonly fee: bigint;
  readonly seed: number;
  readonly adapter: AdapterOptions;
  readonly onnx: OnnxBase | undefined;
  readonly onProgress: OnProgress;
  /** Runs one step and books how long it took. */
  readonly timed: <T>(stage: string, step: () => Promise<T>) => Promise<T>;
}

/**
 * One epoch from trained rows to settled batches, by the same steps that the commands take one by one.
 *
 * @param datanet the workspace's, at its newest version
 */
export async function runEpoch(
  stage: Stage,
  datanet: DataNet,
  requests: readonly Request[],
): Promise<EpochStory> {
  const { workspace, deployment, cast, fee, seed, onProgress, timed } = stage;
  const model = await timed("train", () =>
    trainModel(workspace, { adapter: stage.adapter, seed, onnx: stage.onnx }, onProgress),
  );
  const begun = performance.now();
  const built = await timed("index", () =>
    buildIndex(workspace, { epoch: model.number, method: { seed } }, onProgress),
  );
  const indexMs = performance.now() - begun;
  const { registered } = await timed("register", () =>
    registerIndexOf(
      { workspace, deployment, sender: cast.modelOwner },
      {
        epoch: model.number,
        owners: datanet.contributors.map((_, position) => cast.ownerOf(position)),
        operator: cast.operatorAccount.address,
        split: DEFAULT_SPLIT,
      },
      onProgress,
    ),
  );
  const service = { workspace, reader: cast.operator, deployment, operator: cast.operatorAccount };
  const served = await timed("serve", () =>
    serveRequests(
      service,
      { epoch: model.number, registered, fee, payer: cast.payer },
      requests.map(({ features }) => features),
      onProgress,
    ),
  );
  const epoch = model.number;
  const { indexId } = registered;
  const { names } = await timed("commit", () =>
    commitWaiting(
      workspace,
      cast.operator,
      deployment,
      { epoch, indexId, tier: built.index.tier },
      onProgress,
    ),
  );
  const batches = await settleAll(stage, names);
  return { number: epoch, datanet, model, built, indexMs, registered, requests, served, batches };
}

/** Proves, verifies against the chain's statement, and settles. */
async function settleAll(stage: Stage, names: readonly string[]): Promise<BatchStory[]> {
  const { workspace, deployment, cast, onProgress, timed } = stage;
  const recipient = cast.prover.account.address;
  const proven = await timed("prove", () => proveBatches(workspace, { names, recipient }, onProgress));
  const verdicts = await timed("verify", () =>
    Promise.all(
      proven.map(({ bundle }) =>
        verifyBundleText(readText(bundle), {
          kind: "chain",
          of: (settlement, key) => chainFacts(cast.prover, deployment, settlement, key),
        }),
      ),
    ),
  );
  const { settled } = await timed("settle", () =>
    settleBundles(workspace, cast.prover, deployment, onProgress, names),
  );
  return names.map((name, i) => ({
    name,
    settlement: settled[i]!.settlement,
    settled: settled[i]!.settled,
    record: loadBatch(workspace, name).record,
    proven: proven[i]!,
    verifiedOffChain: verdicts[i]!.ok,
  }));
}
