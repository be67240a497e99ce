import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RHO_SQUARINGS } from "../../src/params/bits.ts";
import { positionBits, TIERS, type Tier } from "../../src/params/tiers.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import { compileTemplate } from "../helpers/circuit.ts";

/** What a chain of n elements costs, `@cost` of HashChain. */
function hashCost(elements: number): number {
  const blocks = Math.ceil(elements / 16);
  return 612 * blocks - 3 - 3 * (16 * blocks - elements);
}

/** Digits of `bits` bits in one field element, circuits/lib/digits.circom. */
const digits = (bits: number): number => Math.floor(253 / bits);

const costs = {
  trace: (k: number) => 8 * k + 48 + 2 + hashCost(5 + Math.ceil(k / 31)),
  scores: (Q: number, C: number) => Q * (20 * C + 1) + hashCost(Math.ceil((Q * C) / 12) + Q + 1),
  freivalds: (Q: number, C: number, k: number) => {
    const group = digits(Math.ceil(Math.log2(2 ** 19 + 128 * 127 * k)));
    return Math.ceil(Q / group) * (C - 1 + k);
  },
  rate: (weightBits: number) => 2 * weightBits + 86,
  payouts: (Q: number, C: number) => {
    const bits = 48 + Math.log2(Q) + 32;
    return C * bits + Q * Math.ceil(C / digits(bits));
  },
  fold: (Q: number, w: number) => hashCost(8 + Math.ceil(Q / 4) + w),
  statement: (Q: number, C: number) => 4 + Math.ceil(Q / 4) + Q + Math.ceil(C / 4),
  opening: (C: number, w: number) => C + w + 4 + RHO_SQUARINGS,
};

function settlementCost({ traces: Q, positions: C, width: k }: Tier, weightBits: number): number {
  return (
    Q * costs.trace(k) +
    costs.scores(Q, C) +
    costs.freivalds(Q, C, k) +
    Q * costs.rate(weightBits) +
    1 +
    costs.payouts(Q, C) +
    costs.fold(Q, k + 1) +
    costs.statement(Q, C) +
    costs.opening(C, k + 1)
  );
}

describe("@cost of each template is what the compiler counts", () => {
  const instances: readonly (readonly [file: string, instance: string, cost: number])[] = [
    ["lib/range.circom", "Range(8, 0)", 8],
    ["lib/signed_range.circom", "SignedRange(19)", 20],
    ["lib/zero_flag.circom", "ZeroFlag()", 2],
    ["lib/squarings.circom", "Squarings(5)", 5],
    ["lib/barycentric.circom", "Barycentric(8)", 9],
    ["lib/horner.circom", "Horner(2, [[2, 1, 0, 0], [3, 2, 56, 4]])", 3],
    ["settlement/trace.circom", "Trace(33)", costs.trace(33)],
    ["settlement/score_row.circom", "ScoreRow(6)", 121],
    ["settlement/scores.circom", "Scores(2, 6)", costs.scores(2, 6)],
    ["settlement/freivalds.circom", "Freivalds(14, 5, 7)", costs.freivalds(14, 5, 7)],
    ["settlement/rate.circom", "Rate(23)", costs.rate(23)],
    ["settlement/payouts.circom", "Payouts(4, 7)", costs.payouts(4, 7)],
    ["settlement/fold.circom", "Fold(4, 8)", costs.fold(4, 8)],
    ["settlement/statement.circom", "Statement(4, 8)", costs.statement(4, 8)],
    ["settlement/opening.circom", "Opening(8, 16)", costs.opening(8, 16)],
  ];
  for (const [file, instance, cost] of instances) {
    it(instance, async () => {
      assert.equal((await compileTemplate(file, instance)).constraints, cost);
    });
  }
});

describe("the manifest's constraints are the sum of the templates' costs", () => {
  for (const tier of Object.values(TIERS)) {
    it(tier.name, async () => {
      const cost = settlementCost(tier, 19 + positionBits(tier));
      assert.equal((await readManifest()).tiers[tier.name]?.constraints, cost);
      assert.ok(cost < 2 ** 21);
    });
  }
});
