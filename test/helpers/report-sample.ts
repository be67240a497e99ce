import { splitPools } from "../../src/attribution/rewards.ts";
import { TIERS, type TierName } from "../../src/params/tiers.ts";
import type { Report, ReportContent } from "../../src/pipeline/report/schema.ts";
import { sampleContent, sampleName, TOPICS } from "./report-sample-texts.ts";

export interface SampleOptions {
  readonly contributors?: number;
  readonly inferences?: number;
  readonly tier?: TierName;
  readonly kind?: "text" | "numeric";
  /** Changes the names and the requests, to see what hostile ones do. */
  readonly name?: (position: number) => string;
  readonly request?: (number: number) => string;
  readonly seed?: number;
}

/** Fee of one answer in units, and its four shares in basis points. */
const FEE = 2_500_000_007n;
const SHARES = { platform: 500n, modelOwner: 1000n, stakers: 300n, prover: 200n } as const;

/** Mulberry32: small, seeded, good enough for a picture. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const hex = (random: () => number, length: number): string =>
  `0x${Array.from({ length: length * 2 }, () => Math.floor(random() * 16).toString(16)).join("")}`;

const add = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/**
 * A report as `tributary demo` writes it, with invented data: the split is the real reward rule's, and every sum
 * follows from it, so that a page drawn from it must balance. The same options give the same report.
 */
export function sampleReport(options: SampleOptions = {}): Report {
  const { contributors: n = 12, inferences: total = 18, tier: tierName = "mini", kind = "text" } = options;
  const random = randomSource(options.seed ?? 7);
  const tier = TIERS[tierName];
  const pool = FEE - add(Object.values(SHARES).map((share) => (FEE * share) / 10_000n));
  const specialty = Array.from({ length: n }, (_, c) =>
    c < TOPICS.length ? c : Math.floor(random() * TOPICS.length),
  );
  const rows = Array.from({ length: n }, () => 18 + Math.floor(random() * 90));
  const name = options.name ?? sampleName;
  const content = (topic: number): ReportContent => sampleContent(kind, topic, random);

  const batches: Report["batches"] = [];
  const inferences: Report["inferences"] = [];
  const paid: bigint[][] = Array.from({ length: n }, () => []);
  const models = ["1", "2"].map((indexId, epoch) => ({
    name: `epoch ${epoch + 1}`,
    indexId,
    base: "built-in text encoder (hashed n-grams)",
    adapter: "LoRA, rank 8",
    parameters: 24_640 + epoch,
    trainedRows: add(rows.map(BigInt)) > 0n ? rows.reduce((a, b) => a + b, 0) : 0,
    accuracy: 0.861 + epoch * 0.032,
    majorityBaseline: 0.148,
    indexCommitment: [hex(random, 32), hex(random, 32)] as [string, string],
    positions: n,
    trainMs: 2140.4 + epoch * 220,
    indexMs: 311.9,
  }));

  const firstEpoch = Math.ceil(total / 2);
  for (const [epoch, size] of [firstEpoch, total - firstEpoch].entries()) {
    for (let n0 = 0; n0 < size; n0 += tier.traces) {
      const count = Math.min(tier.traces, size - n0);
      const topics = Array.from({ length: count }, () => Math.floor(random() * TOPICS.length));
      // One answer of the whole run finds nobody's data behind it: its pool is unattributed.
      const scores = topics.map((topic, q) =>
        Int32Array.from({ length: tier.positions }, (_, c) => {
          if (c >= n) return 0;
          if (epoch === 1 && n0 === 0 && q === 1) return -Math.floor(random() * 4000);
          const bias = specialty[c] === topic ? 90_000 : -14_000;
          return Math.floor(bias * (0.5 + random()) + (random() - 0.35) * 30_000 + rows[c]! * 40);
        }),
      );
      const pools = topics.map(() => pool);
      const split = splitPools(scores, pools);
      const payouts = split.payouts.slice(0, n);
      payouts.forEach((payout, c) => {
        paid[c]!.push(payout);
      });
      const place = batches.length;
      topics.forEach((topic, q) => {
        const trace = split.traces[q]!;
        const shares = [...scores[q]!]
          .flatMap((score, position) => (score > 0 ? [{ position, score }] : []))
          .sort((a, b) => b.score - a.score)
          .map(({ position, score }) => ({
            position,
            score,
            share: score / Number(trace.weight),
            amount: ((trace.rate * BigInt(score)) >> 32n).toString(),
          }));
        const number = n0 + q;
        inferences.push({
          indexId: models[epoch]!.indexId,
          number: String(number),
          batch: place,
          payer: hex(random, 20),
          request:
            options.request && kind === "text"
              ? { kind: "text", text: options.request(inferences.length) }
              : content(topic),
          served: TOPICS[topic]!.label,
          probability: 0.55 + random() * 0.449,
          expected: TOPICS[random() < 0.88 ? topic : (topic + 1) % TOPICS.length]!.label,
          fee: FEE.toString(),
          pool: pool.toString(),
          commitment: hex(random, 32),
          weight: trace.weight.toString(),
          shares,
          top: shares.slice(0, 3).map(({ position, share, amount }) => ({
            position,
            share,
            amount,
            rows: [0.52, 0.31, 0.17].map((part, i) => ({
              row: position * 100 + topic * 10 + i,
              label: TOPICS[specialty[position]!]!.label,
              content: content(specialty[position]!),
              score: Math.round(40_000 * part * 100) / 100,
              share: part,
            })),
          })),
        });
      });
      const sum = add(payouts);
      batches.push({
        indexId: models[epoch]!.indexId,
        n0: String(n0),
        count,
        batchKey: hex(random, 32),
        proveMs: 912 + random() * 220,
        peakMemoryBytes: 410e6 + Math.floor(random() * 5e7),
        bundleBytes: 3310 + Math.floor(random() * 40),
        bundle: `batch-${place + 1}.json`,
        verifyMs: 48 + random() * 9,
        verifiedOffChain: true,
        verifiedOnChain: true,
        commitGas: String(231_407 + place),
        settleGas: String(386_112 + place * 17),
        transaction: hex(random, 32),
        fees: (FEE * BigInt(count)).toString(),
        pool: split.total.toString(),
        paid: sum.toString(),
        unattributed: split.unattributed.toString(),
        dust: (split.total - sum - split.unattributed).toString(),
      });
    }
  }

  const contributors = paid.map((amounts, position) => ({
    position,
    name: name(position),
    owner: hex(random, 20),
    rows: rows[position]!,
    labels: [
      { label: TOPICS[specialty[position]!]!.label, rows: Math.ceil(rows[position]! * 0.7) },
      {
        label: TOPICS[(specialty[position]! + 2) % TOPICS.length]!.label,
        rows: Math.floor(rows[position]! * 0.3),
      },
    ],
    paid: amounts.map(String),
    total: add(amounts).toString(),
    claimed: add(amounts).toString(),
    ...(add(amounts) > 0n ? { claimGas: String(171_902 + position * 3) } : {}),
  }));
  const column = (of: (batch: Report["batches"][number]) => string): bigint =>
    add(batches.map((b) => BigInt(of(b))));
  const fees = column((b) => b.fees);
  const share = (part: bigint): string => (((FEE * part) / 10_000n) * BigInt(total)).toString();
  const allPaid = column((b) => b.paid);
  const reserve = column((b) => b.unattributed) + column((b) => b.dust);
  return {
    format: "tributary-report",
    version: 1,
    createdAt: "2026-11-22T10:15:00.000Z",
    software: { tributary: "0.1.0", node: "v24.11.1", platform: "linux x64" },
    seed: "7",
    dataset: {
      name: kind === "text" ? "Harbour Street helpdesk" : "optdigits",
      builtin: kind === "text",
      kind,
      rows: rows.reduce((a, b) => a + b, 0),
      duplicatesRefused: 3,
      heldOut: 160,
      labels: TOPICS.map((topic) => ({ label: topic.label, rows: 70 })),
      contributors: n,
      assignment: kind === "text" ? "column" : "dirichlet",
      root: hex(random, 32),
    },
    models,
    proofSystem: {
      tier: tierName,
      traces: tier.traces,
      positions: tier.positions,
      width: tier.width,
      backend: "snarkjs 0.7.6 (wasm)",
      constraints: 12_871,
      keys: "development",
      keyDigest: hex(random, 32),
      paramsDigest: hex(random, 32),
    },
    chain: {
      chainId: "31337",
      where: "in-process development chain",
      contracts: { FeeEscrow: hex(random, 20), RewardVault: hex(random, 20), Settlement: hex(random, 20) },
    },
    inferences,
    batches,
    contributors,
    totals: {
      fees: fees.toString(),
      platform: share(SHARES.platform),
      modelOwner: share(SHARES.modelOwner),
      stakers: share(SHARES.stakers),
      prover: share(SHARES.prover),
      pools: column((b) => b.pool).toString(),
      paid: allPaid.toString(),
      unattributed: column((b) => b.unattributed).toString(),
      dust: column((b) => b.dust).toString(),
      reserve: reserve.toString(),
      claimed: allPaid.toString(),
      vaultLeft: "0",
      settleGas: column((b) => b.settleGas).toString(),
      claimGas: add(contributors.map((c) => BigInt(c.claimGas ?? "0"))).toString(),
      balances: [
        {
          check: "Reserve contract holds unattributed + rounding",
          left: reserve.toString(),
          right: reserve.toString(),
        },
        {
          check: "OPEN balances of all owners grew by what was claimed",
          left: allPaid.toString(),
          right: allPaid.toString(),
        },
      ],
    },
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
