import type { ExplainedInference, PaymentExplanation } from "../../src/report/explanation/types.ts";

const UNITS_PER_OPEN = 10n ** 9n;

/** An explanation of one position with amounts and texts as large as they come, for the page alone: nothing in it is proven. */
export function sampleExplanation(
  chain: PaymentExplanation["chain"],
  text = "When does the last boat leave?",
): PaymentExplanation {
  const payout = 1_234_567n * UNITS_PER_OPEN + 123_456_789n;
  const numerator = (payout << 32n) + 2_345_678_901n;
  const inference = (payment: bigint, score: number): ExplainedInference => ({
    payment,
    request: { kind: "text", text },
    served: "timetable",
    probability: 0.93,
    io: 2n ** 250n + payment,
    trace: 2n ** 251n + payment,
    pool: payout * 3n,
    weight: 30_000n,
    rate: numerator / 10_000n,
    score,
    margin: 800,
    sure: score > 800,
    helped: 31,
    harmed: 19,
    unpaid: 9,
    contributors: 15,
    numerator: score > 0 ? numerator : 0n,
    rows: [0, 1, 2].map((row) => ({
      row,
      label: "timetable",
      content: { kind: "text" as const, text: `${text} ${row}` },
      exact: 4000.4,
      part: row === 2 ? -3000 : 4000,
      numerator: (numerator * (row === 2 ? -3n : 4n)) / 10n,
    })),
    others: { rows: 47, part: 4_990, numerator: (numerator * 499n) / 1000n },
    residual: { rows: 0, part: 10, numerator: numerator / 1000n },
  });
  return {
    position: 3,
    contributor: "wheels-aboard",
    datanet: "Harbour Desk",
    contributorRows: 50,
    total: payout,
    sureShare: 1,
    chain,
    checks: ["the proof holds under the pinned key, for the batch's statement"],
    batches: [
      {
        batch: "1-0",
        batchKey: `0x${"ab".repeat(32)}`,
        indexId: 1n,
        tier: "mini",
        payments: 3,
        payout,
        numerator,
        fraction: numerator & 0xffff_ffffn,
        settled: chain.asked ? true : null,
        sure: numerator,
        gradient: "objective",
        kept: 0.97,
        inferences: [inference(0n, 10_000), inference(1n, -3), inference(2n, 0)],
      },
    ],
  };
}
