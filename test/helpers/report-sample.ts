import { TIERS, type TierName } from "../../src/params/tiers.ts";
import type { Report, ReportBatch, ReportContributor } from "../../src/report/schema.ts";
import { sumUnits } from "../../src/report/units.ts";
import {
  FEE,
  type SampleBatch,
  type SamplePeople,
  SHARES,
  sampleBatch,
  shareOfFee,
} from "./report-sample-batch.ts";
import { hexOf, type Random, randomSource } from "./report-sample-random.ts";
import { sampleContent, sampleLabel, sampleName, TOPICS } from "./report-sample-texts.ts";

export interface SampleOptions {
  readonly contributors?: number;
  readonly inferences?: number;
  readonly tier?: TierName;
  readonly kind?: "text" | "numeric";
  /** Changes the names, the requests and the labels, to see what hostile ones do. */
  readonly name?: (position: number) => string;
  readonly request?: (number: number) => string;
  readonly seed?: number;
}

function batchesOf(
  options: Required<Omit<SampleOptions, "request" | "name">>,
  people: SamplePeople,
  random: Random,
  request: SampleOptions["request"],
): SampleBatch[] {
  const tier = TIERS[options.tier];
  const batches: SampleBatch[] = [];
  const first = Math.ceil(options.inferences / 2);
  for (const [epoch, size] of [first, options.inferences - first].entries()) {
    for (let n0 = 0; n0 < size; n0 += tier.traces) {
      const answers = batches.reduce((sum, { batch }) => sum + batch.count, 0);
      const content = (topic: number) => sampleContent(options.kind, topic, random);
      batches.push(
        sampleBatch({
          tier,
          kind: options.kind,
          people,
          indexId: String(epoch + 1),
          place: batches.length,
          n0,
          count: Math.min(tier.traces, size - n0),
          nobody: epoch === 1 && n0 === 0 ? 1 : -1,
          content,
          request: (topic, q) =>
            request && options.kind === "text"
              ? { kind: "text", text: request(answers + q) }
              : content(topic),
          random,
        }),
      );
    }
  }
  return batches;
}

function modelOf(
  epoch: number,
  people: SamplePeople,
  kind: "text" | "numeric",
  random: Random,
): Report["models"][number] {
  return {
    name: `epoch ${epoch + 1}`,
    indexId: String(epoch + 1),
    base: kind === "text" ? "built-in text encoder (hashed n-grams)" : "built-in numeric encoder",
    adapter: "LoRA, rank 8",
    parameters: 24_640,
    trainedRows: people.rows.reduce((sum, rows) => sum + rows, 0),
    accuracy: 0.861 + epoch * 0.032,
    majorityBaseline: 0.148,
    indexCommitment: [hexOf(random, 32), hexOf(random, 32)],
    positions: people.rows.length,
    gradient: "objective",
    kept: 0.97,
    trainMs: 2140.4 + epoch * 220,
    indexMs: 311.9,
  };
}

function totalsOf(
  batches: readonly ReportBatch[],
  contributors: readonly ReportContributor[],
): Report["totals"] {
  const sum = (of: (batch: ReportBatch) => string): bigint =>
    sumUnits(batches.map((batch) => BigInt(of(batch))));
  const answers = sum((b) => b.fees) / FEE;
  const share = (basisPoints: bigint): string => (shareOfFee(basisPoints) * answers).toString();
  const paid = sum((b) => b.paid).toString();
  const reserve = (sum((b) => b.unattributed) + sum((b) => b.dust)).toString();
  return {
    fees: sum((b) => b.fees).toString(),
    platform: share(SHARES.platform),
    modelOwner: share(SHARES.modelOwner),
    stakers: share(SHARES.stakers),
    prover: share(SHARES.prover),
    pools: sum((b) => b.pool).toString(),
    paid,
    unattributed: sum((b) => b.unattributed).toString(),
    dust: sum((b) => b.dust).toString(),
    reserve,
    claimed: paid,
    unclaimed: "0",
    settleGas: sum((b) => b.settleGas).toString(),
    claimGas: sumUnits(contributors.map((c) => BigInt(c.claimGas ?? "0"))).toString(),
    balances: [
      { check: "The reserve holds unattributed + rounding", left: reserve, right: reserve },
      { check: "The owners’ accounts grew by what was claimed", left: paid, right: paid },
    ],
  };
}

/**
 * A report as `tributary demo` writes it, with invented data: the split is the real reward rule's, and every sum
 * follows from it, so that a page drawn from it must balance. The same options give the same report.
 */
export function sampleReport(options: SampleOptions = {}): Report {
  const { contributors: n = 12, inferences = 18, tier = "mini", kind = "text", seed = 7 } = options;
  const random = randomSource(seed);
  const people: SamplePeople = {
    rows: Array.from({ length: n }, () => 18 + Math.floor(random() * 90)),
    specialty: Array.from({ length: n }, (_, c) =>
      c < TOPICS.length ? c : Math.floor(random() * TOPICS.length),
    ),
  };
  const models = [0, 1].map((epoch) => modelOf(epoch, people, kind, random));
  const run = batchesOf({ contributors: n, inferences, tier, kind, seed }, people, random, options.request);
  const batches = run.map(({ batch }) => batch);
  const contributors = people.rows.map((rows, position): ReportContributor => {
    const paid = run.map(({ payouts }) => payouts[position]!);
    const total = sumUnits(paid);
    const [about, also] = [people.specialty[position]!, (people.specialty[position]! + 2) % TOPICS.length];
    return {
      position,
      name: (options.name ?? sampleName)(position),
      owner: hexOf(random, 20),
      rows,
      labels: [
        { label: sampleLabel(kind, about), rows: Math.ceil(rows * 0.7) },
        { label: sampleLabel(kind, also), rows: Math.floor(rows * 0.3) },
      ],
      paid: paid.map(String),
      total: total.toString(),
      claimed: total.toString(),
      ...(total > 0n ? { claimGas: String(171_902 + position * 3) } : {}),
    };
  });
  const { name, traces, positions, width } = TIERS[tier];
  return {
    format: "tributary-report",
    version: 1,
    createdAt: "2026-11-22T10:15:00.000Z",
    software: { tributary: "0.1.0", node: "v24.11.1", platform: "linux x64" },
    seed: String(seed),
    dataset: {
      name: kind === "text" ? "Harbour Street helpdesk" : "optdigits",
      builtin: kind === "text",
      kind,
      rows: people.rows.reduce((sum, rows) => sum + rows, 0),
      duplicatesRefused: 3,
      heldOut: 160,
      labels: TOPICS.map((_, topic) => ({ label: sampleLabel(kind, topic), rows: 70 })),
      contributors: n,
      assignment: kind === "text" ? "column" : "dirichlet",
      root: hexOf(random, 32),
    },
    models,
    proofSystem: {
      tier: name,
      traces,
      positions,
      width,
      backend: "snarkjs 0.7.6 (wasm)",
      constraints: 12_871,
      keys: "development",
      keyDigest: hexOf(random, 32),
      paramsDigest: hexOf(random, 32),
    },
    chain: {
      chainId: "31337",
      where: "in-process development chain",
      contracts: { Settlement: hexOf(random, 20), Treasury: hexOf(random, 20) },
    },
    inferences: run.flatMap((batch) => batch.inferences),
    batches,
    contributors,
    totals: totalsOf(batches, contributors),
    timings: [
      { stage: "import data", ms: 84 },
      { stage: "train", ms: 4500.8 },
      { stage: "prove", ms: 5210 },
      { stage: "settle and claim", ms: 3900 },
    ],
    totalMs: 14_210,
    peakMemoryBytes: 431e6,
  };
}
