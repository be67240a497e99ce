import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { ATTACK_SIZE, assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

const { pay, fraction } = settlementInput(hash, ordinary);

/** One bit more in the range of a payout or of what its shift cuts off gives one sum two splits. */
describe("a range that is one bit wider", () => {
  it("lets a prover pay a position one unit less, and keep it as a fraction", () =>
    assertOnlyMutantAccepts({
      patches: [
        replaced(
          "settlement/payouts.circom",
          "fractionRange[c] = Range(SHIFT(), 0);",
          "fractionRange[c] = Range(SHIFT() + 1, 0);",
        ),
      ],
      input: settlementInput(hash, ordinary, {
        pay: pay.with(0, pay[0]! - 1n),
        fraction: fraction.with(0, fraction[0]! + 2n ** 32n),
      }),
      refusedBy: "payouts.fractionRange[0]",
    }));

  it("lets a prover pay a position 2^49 units for 2^−32 of a unit of its neighbour", () => {
    assert.equal(ATTACK_SIZE.traces, 2);
    assert.ok(fraction[1]! > 0n);
    return assertOnlyMutantAccepts({
      patches: [
        replaced(
          "settlement/payouts.circom",
          "payRange[c] = Range(payBits, 0);",
          "payRange[c] = Range(payBits + 1, 0);",
        ),
      ],
      input: settlementInput(hash, ordinary, {
        pay: pay.with(0, pay[0]! + 2n ** 49n),
        fraction: fraction.with(1, fraction[1]! - 1n),
      }),
      refusedBy: "payouts.payRange[0]",
    });
  });
});
