import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts } from "../../helpers/mutants.ts";
import { caseOf, hash, openRange } from "./attack-case.ts";

/** Weights 3 and 6 of 9: a third of the pool is a whole number, a ninth is not. */
const thirds = (pool: bigint) =>
  caseOf(
    [pool, 4000n],
    [
      [1n, 0n, 0n],
      [0n, 0n, 0n],
    ],
    [
      [3n, 0n, 0n],
      [6n, 0n, 0n],
      [0n, 0n, 0n],
      [0n, 0n, 0n],
    ],
  );

describe("a remainder that is not that of the division", () => {
  it("below zero, the rate is one more than the pool gives", async () => {
    const one = thirds(6006n);
    const honest = settlementInput(hash, one);
    assert.deepEqual(honest.pay, [2001n, 4003n, 0n, 0n]);
    const input = settlementInput(hash, one, {
      rate: [honest.rate[0]! + 1n, 0n],
      remainder: [honest.remainder[0]! - 9n, 0n],
    });
    assert.deepEqual(input.pay, [2002n, 4004n, 0n, 0n]);
    await assertOnlyMutantAccepts({
      patches: openRange("settlement/rate.circom", "notNegative"),
      input,
      refusedBy: "split[0].notNegative",
    });
  });

  it("W or more, the rate is one less", async () => {
    const one = thirds(6030n);
    const honest = settlementInput(hash, one);
    assert.deepEqual(honest.pay, [2010n, 4020n, 0n, 0n]);
    const input = settlementInput(hash, one, {
      rate: [honest.rate[0]! - 1n, 0n],
      remainder: [honest.remainder[0]! + 9n, 0n],
    });
    assert.deepEqual(input.pay, [2009n, 4019n, 0n, 0n]);
    await assertOnlyMutantAccepts({
      patches: openRange("settlement/rate.circom", "belowWeight"),
      input,
      refusedBy: "split[0].belowWeight",
    });
  });
});
