import { splitPools } from "../../src/attribution/rewards.ts";
import { SHIFT } from "../../src/params/bits.ts";
import type { Tier } from "../../src/params/tiers.ts";
import type { ReportBatch, ReportContent, ReportInference } from "../../src/report/schema.ts";
import { sumUnits } from "../../src/report/units.ts";
import { hexOf, type Random } from "./report-sample-random.ts";
import { sampleLabel, TOPICS } from "./report-sample-texts.ts";

/** Fee of one answer in units, and what of it goes elsewhere, in basis points. */
export const FEE = 2_500_000_007n;
export const SHARES = { platform: 500n, modelOwner: 1000n, stakers: 300n, prover: 200n } as const;
export const shareOfFee = (basisPoints: bigint): bigint => (FEE * basisPoints) / 10_000n;
const POOL = FEE - sumUnits(Object.values(SHARES).map(shareOfFee));

export interface SamplePeople {
  readonly rows: readonly number[];
  /** The topic that most of a contributor's rows are about. */
  readonly specialty: readonly number[];
}

export interface SampleBatch {
  readonly batch: ReportBatch;
  readonly inferences: readonly ReportInference[];
  /** Units by position. */
  readonly payouts: readonly bigint[];
}

export interface BatchPlan {
  readonly tier: Tier;
  readonly kind: "text" | "numeric";
  readonly people: SamplePeople;
  readonly indexId: string;
  readonly place: number;
  readonly n0: number;
  readonly count: number;
  /** Place in the batch of an answer that nobody's data speaks for, or −1. */
  readonly nobody: number;
  readonly content: (topic: number) => ReportContent;
  readonly request: (topic: number, answer: number) => ReportContent;
  readonly random: Random;
}

/** Positions whose specialty is the answer's topic score high, the others around zero. */
function scoresOf({ tier, people, random }: BatchPlan, topic: number, nobody: boolean): Int32Array {
  return Int32Array.from({ length: tier.positions }, (_, c) => {
    const rows = people.rows[c];
    if (rows === undefined) return 0;
    if (nobody) return -Math.floor(random() * 4000);
    const bias = people.specialty[c] === topic ? 90_000 : -14_000;
    return Math.floor(bias * (0.5 + random()) + (random() - 0.35) * 30_000 + rows * 40);
  });
}

function topRows({ people, content, kind }: BatchPlan, position: number, topic: number) {
  const about = people.specialty[position]!;
  return [0.52, 0.31, 0.17].map((share, i) => ({
    row: position * 100 + topic * 10 + i,
    label: sampleLabel(kind, about),
    content: content(about),
    score: Math.round(4_000_000 * share) / 100,
    share,
  }));
}

/** One batch with invented scores, split by the real reward rule. */
export function sampleBatch(plan: BatchPlan): SampleBatch {
  const { random, place, indexId, kind, n0, count } = plan;
  const topics = Array.from({ length: count }, () => Math.floor(random() * TOPICS.length));
  const scores = topics.map((topic, q) => scoresOf(plan, topic, q === plan.nobody));
  const split = splitPools(
    scores,
    topics.map(() => POOL),
  );
  const inferences = topics.map((topic, q): ReportInference => {
    const { weight, rate } = split.traces[q]!;
    const shares = [...scores[q]!]
      .flatMap((score, position) => (score > 0 ? [{ position, score }] : []))
      .sort((a, b) => b.score - a.score)
      .map(({ position, score }) => ({
        position,
        score,
        // Small scores are not sure.
        margin: 9_000,
        sure: score > 9_000,
        share: score / Number(weight),
        amount: ((rate * BigInt(score)) >> BigInt(SHIFT)).toString(),
      }));
    const expected = random() < 0.88 ? topic : (topic + 1) % TOPICS.length;
    return {
      indexId,
      number: String(n0 + q),
      batch: place,
      payer: hexOf(random, 20),
      request: plan.request(topic, q),
      served: sampleLabel(kind, topic),
      probability: 0.55 + random() * 0.449,
      expected: sampleLabel(kind, expected),
      fee: FEE.toString(),
      pool: POOL.toString(),
      commitment: hexOf(random, 32),
      weight: weight.toString(),
      shares,
      unpaid: plan.people.rows.flatMap((_, position) => (scores[q]![position]! > 0 ? [] : [position])),
      top: shares.slice(0, 3).map(({ position, share, amount }) => ({
        position,
        share,
        amount,
        rows: topRows(plan, position, topic),
      })),
    };
  });
  const paid = sumUnits(split.payouts);
  const batch: ReportBatch = {
    indexId,
    n0: String(n0),
    count,
    batchKey: hexOf(random, 32),
    proveMs: 912 + random() * 220,
    peakMemoryBytes: 410e6 + Math.floor(random() * 5e7),
    bundleBytes: 3310 + Math.floor(random() * 40),
    bundle: `batch-${place + 1}.json`,
    verifyMs: 48 + random() * 9,
    verifiedOffChain: true,
    verifiedOnChain: true,
    commitGas: String(231_407 + place),
    settleGas: String(386_112 + place * 17),
    transaction: hexOf(random, 32),
    fees: (FEE * BigInt(count)).toString(),
    pool: split.total.toString(),
    paid: paid.toString(),
    unattributed: split.unattributed.toString(),
    dust: (split.total - paid - split.unattributed).toString(),
  };
  return { batch, inferences, payouts: split.payouts };
}
