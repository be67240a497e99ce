import { join } from "node:path";
import type { OnProgress } from "../../core/progress.ts";
import type { ImportResult } from "../../datanet/types.ts";
import { writeWhole } from "../../files/disk.ts";
import type { OnnxBase } from "../../model/user-base.ts";
import { WEI_PER_UNIT } from "../../params/bits.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import { readOpenWei } from "../../settlement/token.ts";
import { loadRegistry } from "../../workspace/registry.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { claimPositions, readEarnings } from "../claim.ts";
import { importNextVersion, importVersion, loadDataNet, type RowSource, readRows } from "../import.ts";
import { withPositions } from "../keys/reference-string.ts";
import type { AdapterOptions } from "../training/fit-models.ts";
import { type Cast, runEpoch, type Stage } from "./epoch.ts";
import { splitEpochs } from "./epochs.ts";
import { checkMoney, type Money } from "./money.ts";
import { drawRequests, type Request, requestCounts } from "./requests.ts";
import type { ClaimStory, EpochStory } from "./story.ts";

export interface DemoOptions {
  readonly source: RowSource;
  /** Requests that were written for the data, if there are any. */
  readonly written: readonly Request[];
  /** Units for each request. */
  readonly fee: bigint;
  /** What is trained in each epoch. */
  readonly adapter: AdapterOptions;
  /** What it stands on, instead of the built-in base. */
  readonly onnx?: OnnxBase | undefined;
}

export interface DemoStory {
  /** The whole import, before it was split into epochs. */
  readonly imported: ImportResult;
  readonly epochs: readonly EpochStory[];
  readonly claims: readonly ClaimStory[];
  readonly money: Money;
  readonly timings: readonly { readonly stage: string; readonly ms: number }[];
  readonly totalMs: number;
}

/** The parties that only receive. */
export interface Beneficiaries {
  readonly platform: `0x${string}`;
  readonly stakers: `0x${string}`;
}

/** Adds up the time of each stage over the epochs. */
function stopwatch() {
  const times = new Map<string, number>();
  const timed: Stage["timed"] = async (stage, step) => {
    const begun = performance.now();
    const result = await step();
    times.set(stage, (times.get(stage) ?? 0) + performance.now() - begun);
    return result;
  };
  return { timed, timings: () => Array.from(times, ([stage, ms]) => ({ stage, ms })) };
}

/** Writes the two epochs' rows as files and answers how each is imported. */
function prepareEpochs(workspace: Workspace, imported: ImportResult, source: RowSource) {
  const { columns, texts } = splitEpochs(imported.datanet);
  const files = texts.map((text, i) => {
    const file = join(workspace.dir, "source", `epoch-${i + 1}.jsonl`);
    writeWhole(file, text);
    return file;
  });
  const labels = imported.datanet.labels;
  const heldOutFile = join(workspace.dir, "source", "held-out.jsonl");
  const heldOut = imported.heldOut.map(({ features, label }) =>
    JSON.stringify({
      content: typeof features === "string" ? features : Array.from(features),
      label: labels[label],
    }),
  );
  writeWhole(heldOutFile, `${heldOut.join("\n")}\n`);
  const base = { columns, seed: source.seed, tier: source.tier, name: imported.datanet.name };
  return {
    first: { ...base, file: files[0]!, ...(heldOut.length === 0 ? {} : { heldOut: { file: heldOutFile } }) },
    second: { ...base, file: files[1]! },
  };
}

/**
 * The whole story: a DataNet in two epochs, a model and an index for each, inferences in batches, proofs, settlements, one
 * claim for every contributor, and the books balanced to the unit.
 *
 * @throws TRB_DEMO_UNBALANCED, and whatever a station throws
 */
export async function runDemo(
  { source, written, fee, adapter, onnx }: DemoOptions,
  setting: {
    readonly workspace: Workspace;
    readonly deployment: Deployment;
    readonly cast: Cast;
    readonly beneficiaries: Beneficiaries;
  },
  onProgress: OnProgress,
): Promise<DemoStory> {
  const begun = performance.now();
  const { workspace, deployment, cast } = setting;
  const { timed, timings } = stopwatch();
  const imported = await timed("import", () => readRows(source, onProgress));
  const epochs = prepareEpochs(workspace, imported, source);
  const operatorBefore =
    (await readOpenWei(cast.operator, deployment, cast.operatorAccount.address)) / WEI_PER_UNIT;
  const counts = requestCounts(source.tier);
  const heldOut = imported.heldOut.map(({ features, label }) => ({
    features,
    expected: imported.datanet.labels[label]!,
  }));
  const requests = drawRequests(written, heldOut, counts[0] + counts[1], source.seed);
  const stage: Stage = {
    workspace,
    deployment,
    cast,
    fee,
    seed: source.seed,
    adapter,
    onnx,
    onProgress,
    timed,
  };

  await timed("import", () => importVersion(workspace, epochs.first, onProgress));
  const one = await runEpoch(stage, loadDataNet(workspace).datanet, requests.slice(0, counts[0]));
  await timed("import", () => importNextVersion(workspace, epochs.second, onProgress));
  const two = await runEpoch(stage, loadDataNet(workspace).datanet, requests.slice(counts[0]));

  const story = [one, two];
  const claims = await timed("claim", () => claimAll(stage, source.tier, two.datanet.contributors.length));
  const money = await timed("balance", () => balance(setting, story, claims, operatorBefore));
  return { imported, epochs: story, claims, money, timings: timings(), totalMs: performance.now() - begun };
}

/** Every contributor claims once, for all batches of both indexes. */
async function claimAll(
  { workspace, deployment, cast, onProgress }: Stage,
  tier: RowSource["tier"],
  contributors: number,
): Promise<ClaimStory[]> {
  const { datanetId } = await loadRegistry(workspace, cast.operator, deployment);
  return withPositions(tier, async (srs) => {
    const earnings = await readEarnings(cast.operator, deployment, datanetId!, srs);
    const claims: ClaimStory[] = [];
    for (let position = 0; position < contributors; position++) {
      onProgress({ stage: "claim", done: position, total: contributors });
      const { units, transactions } = await claimPositions(
        await cast.senderOf(position),
        deployment,
        earnings,
        [position],
      );
      claims.push({ position, owner: cast.ownerOf(position), units, gas: transactions[0]?.gasUsed });
    }
    return claims;
  });
}

async function balance(
  { workspace, deployment, cast, beneficiaries }: Parameters<typeof runDemo>[1],
  epochs: readonly EpochStory[],
  claims: readonly ClaimStory[],
  operatorBefore: bigint,
): Promise<Money> {
  const { datanetId } = await loadRegistry(workspace, cast.operator, deployment);
  const settled = epochs.flatMap(({ batches }) => batches.map((batch) => batch.settled));
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
  return checkMoney(
    cast.operator,
    deployment,
    datanetId!,
    {
      operator: cast.operatorAccount.address,
      modelOwner: cast.modelOwner.account.address,
      prover: cast.prover.account.address,
      contributors: claims.map(({ owner }) => owner),
      ...beneficiaries,
    },
    {
      fees: epochs.flatMap(({ served, registered }) =>
        served.map(({ trace }) => ({ fee: trace.record.fee, split: registered.split })),
      ),
      paid: sum(settled.map(({ paid }) => paid)),
      unattributed: sum(settled.map(({ unattributed }) => unattributed)),
      claimed: claims.map(({ units }) => units),
      operatorBefore,
    },
  );
}
