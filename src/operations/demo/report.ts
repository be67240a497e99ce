import { basename } from "node:path";
import { TributaryError } from "../../core/errors.ts";
import { peakMemoryBytes } from "../../core/memory.ts";
import { toHex } from "../../crypto/words.ts";
import type { DataNet } from "../../datanet/types.ts";
import { parametersIn } from "../../model/adapter.ts";
import { paramsDigest } from "../../params/digest.ts";
import { TIERS, type TierName } from "../../params/tiers.ts";
import { readManifest } from "../../protocol/manifest.ts";
import { keyDigest } from "../../protocol/transcript.ts";
import { type Report, type ReportBatch, type ReportInference, reportSchema } from "../../report/schema.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import { developmentSource } from "../keys/key-source.ts";
import { pinnedKey } from "../verify.ts";
import { contentOf, explain } from "./explain.ts";
import type { DemoStory } from "./run.ts";
import type { BatchStory, EpochStory } from "./story.ts";

/** What the report says that the story does not know. */
export interface ReportSetting {
  readonly tier: TierName;
  readonly seed: number;
  readonly deployment: Deployment;
  readonly where: string;
  readonly backend: string;
  readonly software: string;
  readonly source: { readonly file: string; readonly builtin: boolean; readonly dealt: boolean };
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

function labelCounts(datanet: DataNet, position?: number): { label: string; rows: number }[] {
  const counts = new Uint32Array(datanet.labels.length);
  for (const row of datanet.rows)
    if (position === undefined || row.position === position) counts[row.label]!++;
  return datanet.labels
    .map((label, i) => ({ label, rows: counts[i]! }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows);
}

function modelOf({
  number,
  model,
  built,
  indexMs,
  registered,
  datanet,
  batches,
}: EpochStory): Report["models"][number] {
  const { adapter, others, base, evaluation } = model;
  const { x, y } = batches[0]!.settlement.statement.indexCommitment;
  const ensemble = others.length === 0 ? "" : `, an ensemble of ${1 + others.length}`;
  const kind = base.preprocessing.kind === "text" ? "text encoder of hashed n-grams" : "standardised numbers";
  return {
    name: `epoch ${number}`,
    indexId: registered.indexId.toString(),
    base: `built-in ${kind} (ONNX)`,
    adapter: `${adapter.kind} head, ${adapter.labels.length} × ${adapter.width}${ensemble}`,
    parameters: [adapter, ...others].reduce((sum, member) => sum + parametersIn(member), 0),
    trainedRows: datanet.rows.length,
    accuracy: evaluation.accuracy,
    majorityBaseline: evaluation.majorityBaseline,
    indexCommitment: [toHex(x), toHex(y)],
    positions: built.index.assigned,
    gradient: built.manifest.method.gradient,
    kept: built.manifest.method.kept,
    trainMs: evaluation.trainMs,
    indexMs,
  };
}

function inferencesOf(epoch: EpochStory, firstBatch: number, Q: number): ReportInference[] {
  const { served, requests, datanet, built, registered } = epoch;
  return served.map(({ trace, inference }, i) => {
    const { record, label, probability, payer, commitment } = trace;
    return {
      indexId: registered.indexId.toString(),
      number: record.number.toString(),
      batch: firstBatch + Math.floor(i / Q),
      payer,
      request: contentOf(requests[i]!.features),
      served: label,
      probability,
      expected: requests[i]!.expected,
      fee: record.fee.toString(),
      pool: record.pool.toString(),
      commitment: toHex(commitment),
      ...explain({
        u: record.u,
        scores: inference.scores,
        pool: record.pool,
        index: built.index,
        influence: built.rows,
        kept: built.manifest.method.kept,
        datanet,
      }),
    };
  });
}

function batchOf({ name, settlement, record, proven, settled, verifiedOffChain }: BatchStory): ReportBatch {
  const { statement } = settlement;
  const pool = sum(statement.pools);
  return {
    indexId: statement.indexId.toString(),
    n0: statement.n0.toString(),
    count: statement.pools.length,
    batchKey: statement.batchKey,
    proveMs: proven.proveMs,
    peakMemoryBytes: proven.peakMemoryBytes,
    bundleBytes: proven.bundleBytes,
    bundle: `bundles/${name}.json`,
    verifyMs: proven.verifyMs,
    verifiedOffChain,
    // The contract reverts on a proof that does not hold: a settled batch is a verified one.
    verifiedOnChain: settled.batchKey === statement.batchKey,
    commitGas: String(record.gas ?? 0n),
    settleGas: settled.gasUsed.toString(),
    transaction: settled.transaction,
    fees: sum(record.fees).toString(),
    pool: pool.toString(),
    paid: settled.paid.toString(),
    unattributed: settled.unattributed.toString(),
    dust: (pool - settled.paid - settled.unattributed).toString(),
  };
}

function contributorsOf({ epochs, claims }: DemoStory): Report["contributors"] {
  const { datanet } = epochs.at(-1)!;
  const batches = epochs.flatMap((epoch) => epoch.batches);
  return claims.map(({ position, owner, units, gas }) => {
    const paid = batches.map(({ settlement }) => settlement.claim.payouts[position] ?? 0n);
    const labels = labelCounts(datanet, position);
    return {
      position,
      name: datanet.contributors[position]!,
      owner,
      rows: labels.reduce((total, { rows }) => total + rows, 0),
      labels,
      paid: paid.map(String),
      total: sum(paid).toString(),
      claimed: units.toString(),
      ...(gas === undefined ? {} : { claimGas: gas.toString() }),
    };
  });
}

function totalsOf({ money, epochs, claims }: DemoStory): Report["totals"] {
  const settled = epochs.flatMap(({ batches }) => batches.map((batch) => batch.settled));
  return {
    fees: money.fees.toString(),
    platform: money.platform.toString(),
    modelOwner: money.modelOwner.toString(),
    stakers: money.stakers.toString(),
    prover: money.prover.toString(),
    pools: money.pool.toString(),
    paid: sum(settled.map(({ paid }) => paid)).toString(),
    unattributed: sum(settled.map(({ unattributed }) => unattributed)).toString(),
    dust: money.dust.toString(),
    reserve: money.reserve.toString(),
    claimed: sum(claims.map(({ units }) => units)).toString(),
    unclaimed: money.unclaimed.toString(),
    settleGas: sum(settled.map(({ gasUsed }) => gasUsed)).toString(),
    claimGas: sum(claims.map(({ gas }) => gas ?? 0n)).toString(),
    balances: money.balances.map(({ check, left, right }) => ({
      check,
      left: left.toString(),
      right: right.toString(),
    })),
  };
}

/**
 * The story as report.json has it.
 *
 * @throws TRB_DEMO_REPORT where the story does not fit the schema
 */
export async function buildReport(story: DemoStory, setting: ReportSetting): Promise<Report> {
  const { imported, epochs } = story;
  const { tier, seed, deployment, where, backend, software, source } = setting;
  const { traces, positions, width } = TIERS[tier];
  const { datanet } = epochs.at(-1)!;
  const manifest = await readManifest();
  let firstBatch = 0;
  const inferences = epochs.flatMap((epoch) => {
    const list = inferencesOf(epoch, firstBatch, traces);
    firstBatch += epoch.batches.length;
    return list;
  });
  const report: Report = {
    format: "tributary-report",
    version: 1,
    createdAt: new Date().toISOString(),
    software: { tributary: software, node: process.version, platform: `${process.platform}-${process.arch}` },
    seed: String(seed),
    dataset: {
      name: source.builtin ? datanet.name : basename(source.file),
      builtin: source.builtin,
      kind: datanet.kind,
      rows: datanet.rows.length,
      duplicatesRefused: imported.refused,
      heldOut: imported.heldOut.length,
      labels: labelCounts(datanet),
      contributors: datanet.contributors.length,
      assignment: source.dealt ? "dirichlet" : "column",
      root: datanet.root,
    },
    models: epochs.map(modelOf),
    proofSystem: {
      tier,
      traces,
      positions,
      width,
      backend,
      constraints: manifest.tiers[tier]?.constraints ?? 0,
      keys: "development",
      keyDigest: keyDigest(await pinnedKey(developmentSource, tier)),
      paramsDigest: paramsDigest(),
    },
    chain: { chainId: deployment.chainId.toString(), where, contracts: deployment.contracts },
    inferences,
    batches: epochs.flatMap((epoch) => epoch.batches.map(batchOf)),
    contributors: contributorsOf(story),
    totals: totalsOf(story),
    timings: [...story.timings],
    totalMs: story.totalMs,
    peakMemoryBytes: peakMemoryBytes(),
  };
  const checked = reportSchema.safeParse(report);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw new TributaryError("TRB_DEMO_REPORT", "The report does not fit its own schema.", {
    details: `${issue.path.join(".")}: ${issue.message}`,
    hint: "This is a defect: please report it.",
  });
}
