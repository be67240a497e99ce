import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

/**
 * Traces share Freivalds' equation, and positions the payouts', as digits of one number: sound as long as no digit can
 * reach into the next.
 */
describe("digits one bit too narrow", () => {
  it("two traces' scores trade a digit: −15 becomes 2^19 − 15 where the other loses 1", () => {
    const { score } = settlementInput(hash, ordinary);
    const [first, second] = score.map((row) => [...row]) as [bigint[], bigint[]];
    first[2]! += 2n ** 19n;
    second[2]! -= 1n;
    return assertOnlyMutantAccepts({
      patches: [
        replaced(
          "settlement/freivalds.circom",
          "var bits = bitLength((1 << (SCORE_BITS() - 1)) - 1 + U_BIAS() * PHI_MAX() * k);",
          "var bits = SCORE_BITS() - 1;",
        ),
      ],
      input: settlementInput(hash, ordinary, { score: [first, second] }),
      refusedBy: "freivalds",
    });
  });

  it("a position is paid 2^48 units for 2^−32 of a unit of the next", () => {
    const { pay, fraction } = settlementInput(hash, ordinary);
    assert.ok(fraction[1]! > 0n);
    return assertOnlyMutantAccepts({
      patches: [
        replaced(
          "settlement/payouts.circom",
          "var bits = payBits + SHIFT();",
          "var bits = payBits + SHIFT() - 1;",
        ),
      ],
      input: settlementInput(hash, ordinary, {
        pay: pay.map((units, c) => (c === 0 ? units + 2n ** 48n : units)),
        fraction: fraction.map((cut, c) => (c === 1 ? cut - 1n : cut)),
      }),
      refusedBy: "payouts",
    });
  });
});
