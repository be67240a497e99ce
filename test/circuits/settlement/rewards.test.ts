import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import fc from "fast-check";
import { splitPools } from "../../../src/attribution/rewards.ts";
import { inverse } from "../../../src/crypto/field.ts";
import { compileTemplate, type TestCircuit } from "../../helpers/circuit.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";
import { compileMutantTemplate, replaced } from "../../helpers/mutants.ts";

const WEIGHT_BITS = 23;
const LIMIT = 2 ** 19 - 1;

describe("Rate against the integer rule", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await compileTemplate("settlement/rate.circom", `Rate(${WEIGHT_BITS})`);
  });

  const honest = (weight: bigint, pool: bigint) => ({
    weight,
    pool,
    rate: weight === 0n ? 0n : (pool << 32n) / weight,
    remainder: weight === 0n ? 0n : (pool << 32n) % weight,
    weightInverse: weight === 0n ? 0n : inverse(weight),
    empty: weight === 0n,
  });

  it("accepts the division for any weight and pool in range", async () => {
    const weights = fc.bigInt({ min: 0n, max: 2n ** BigInt(WEIGHT_BITS) - 1n });
    const pools = fc.bigInt({ min: 0n, max: 2n ** 48n - 1n });
    await fc.assert(
      fc.asyncProperty(weights, pools, async (weight, pool) => {
        const witness = await circuit.witness(honest(weight, pool));
        assert.deepEqual(circuit.broken(witness), []);
        assert.equal(witness[1], weight === 0n ? pool : 0n);
      }),
      {
        numRuns: 40,
        examples: [
          [0n, 0n],
          [0n, 5n],
          [1n, 2n ** 48n - 1n],
          [2n ** 23n - 1n, 1n],
        ],
      },
    );
  });

  it("refuses every neighbour of the division", async () => {
    const right = honest(7n, 1000n);
    const { rate, remainder } = right;
    for (const [rateStep, remainderStep] of [
      [1n, -7n],
      [-1n, 7n],
      [1n, 0n],
      [0n, 1n],
    ] as const) {
      const wrong = { ...right, rate: rate + rateStep, remainder: remainder + remainderStep };
      await assert.rejects(circuit.witness(wrong), WitnessRefused);
    }
    await assert.rejects(circuit.witness({ ...honest(0n, 1000n), rate: 1n }), WitnessRefused);
    await assert.rejects(circuit.witness({ ...right, empty: true }), WitnessRefused);
  });

  it("binds every signal", async () => {
    assert.deepEqual(circuit.loose(await circuit.witness(honest(7n, 1000n))), []);
  });

  const TOP = 2n ** BigInt(WEIGHT_BITS);
  /** Numbers beyond what the template assumes of weight and pool, so that one range alone refuses them. */
  const ranges = [
    {
      name: "a rate of 2^80",
      range: "rateRange = Range(RATE_BITS(), 0);",
      wider: "rateRange = Range(RATE_BITS() + 1, 0);",
      input: honest(1n, 2n ** 48n),
    },
    {
      name: "a remainder of 2^weightBits",
      range: "notNegative = Range(weightBits, 0);",
      wider: "notNegative = Range(weightBits + 1, 0);",
      input: honest(TOP + 1n, TOP + 1n - 2n ** 14n),
    },
    {
      name: "2^weightBits above the remainder",
      range: "belowWeight = Range(weightBits, 0);",
      wider: "belowWeight = Range(weightBits + 1, 0);",
      input: honest(TOP + 1n, TOP + 1n),
    },
  ];
  for (const { name, range, wider, input } of ranges) {
    it(`refuses ${name}, which a range of one bit more takes`, async () => {
      await assert.rejects(circuit.witness(input), WitnessRefused);
      const patch = replaced("settlement/rate.circom", range, wider);
      const mutant = await compileMutantTemplate([patch], "settlement/rate.circom", `Rate(${WEIGHT_BITS})`);
      assert.deepEqual(mutant.broken(await mutant.witness(input)), []);
    });
  }
});

describe("Payouts against the integer rule", () => {
  const Q = 3;
  const C = 5;
  let circuit: TestCircuit;
  before(async () => {
    circuit = await compileTemplate("settlement/payouts.circom", `Payouts(${Q}, ${C})`);
  });

  const inputs = (scores: readonly (readonly number[])[], pools: readonly bigint[]) => {
    const split = splitPools(
      scores.map((row) => Int32Array.from(row)),
      pools,
    );
    return {
      rate: split.traces.map(({ rate }) => rate),
      score: scores,
      magnitude: scores.map((row) => row.map(Math.abs)),
      pay: split.payouts,
      fraction: split.fractions,
    };
  };

  it("accepts what the rule pays", async () => {
    const scores = fc.array(
      fc.array(fc.integer({ min: -LIMIT, max: LIMIT }), { minLength: C, maxLength: C }),
      {
        minLength: Q,
        maxLength: Q,
      },
    );
    const pools = fc.array(fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }), { minLength: Q, maxLength: Q });
    const full = new Array<bigint>(Q).fill(2n ** 48n - 1n);
    const alone = Array.from({ length: Q }, () => [0, 0, 1, -LIMIT, 0]);
    await fc.assert(
      fc.asyncProperty(scores, pools, async (rows, amounts) => {
        assert.deepEqual(circuit.broken(await circuit.witness(inputs(rows, amounts))), []);
      }),
      { numRuns: 40, examples: [[alone, full]] },
    );
  });

  it("refuses a unit more, a unit less, and a unit moved to a neighbour who shares the equation", async () => {
    const right = inputs(
      [
        [1, 2, 3, 4, 5],
        [5, -4, 3, -2, 1],
        [0, 0, 0, 0, 9],
      ],
      [10_000n, 20_000n, 30_000n],
    );
    const unit = 2n ** 32n;
    const paid = (steps: readonly bigint[]) => right.pay.map((x, c) => x + (steps[c] ?? 0n));
    for (const steps of [[1n], [-1n], [1n, -1n], [-1n, 0n, 1n]]) {
      await assert.rejects(circuit.witness({ ...right, pay: paid(steps) }), WitnessRefused);
    }
    const fraction = right.fraction.map((x, c) => (c === 0 ? x - unit : x));
    await assert.rejects(circuit.witness({ ...right, pay: paid([1n]), fraction }), WitnessRefused);
  });

  it("ranges the payout and the fraction of every position", async () => {
    const top = 2n ** 82n;
    for (let c = 0; c < C; c++) {
      const score = [0, 1, 2].map((q) => Array.from({ length: C }, (_, i) => (q === 0 && i === c ? 1 : 0)));
      const zeros = new Array<bigint>(C).fill(0n);
      // Beyond what the template assumes of rates, so that the payout's range alone refuses it.
      const earning = (rate: bigint, [pay, fraction]: readonly [bigint, bigint]) => ({
        ...{ rate: [rate, 0n, 0n], score, magnitude: score },
        ...{ pay: zeros.with(c, pay), fraction: zeros.with(c, fraction) },
      });
      const largest = earning(top - 1n, [2n ** 50n - 1n, 2n ** 32n - 1n]);
      assert.deepEqual(circuit.broken(await circuit.witness(largest)), [], `position ${c}`);
      for (const [rate, split] of [
        [top, [2n ** 50n, 0n]],
        [2n ** 33n, [1n, 2n ** 32n]],
        [2n ** 32n, [2n, -(2n ** 32n)]],
        [0n, [-1n, 2n ** 32n]],
      ] as const) {
        await assert.rejects(circuit.witness(earning(rate, split)), WitnessRefused, `position ${c}`);
      }
    }
  });

  it("binds every signal", async () => {
    const right = inputs(
      [
        [1, 2, 3, 4, 5],
        [5, -4, 3, -2, 1],
        [0, 0, 0, 0, 9],
      ],
      [10_000n, 20_000n, 30_000n],
    );
    assert.deepEqual(circuit.loose(await circuit.witness(right)), []);
  });
});
