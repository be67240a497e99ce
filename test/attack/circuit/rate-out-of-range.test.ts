import assert from "node:assert/strict";
import { it } from "node:test";
import { inverse, mod } from "../../../src/crypto/field.ts";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts } from "../../helpers/mutants.ts";
import { caseOf, hash, openRange } from "./attack-case.ts";

it("a rate that is a fraction in the field, with another remainder, pays a unit less", async () => {
  const one = caseOf(
    [4000n, 4000n],
    [
      [1n, 0n, 0n],
      [0n, 0n, 0n],
    ],
    [
      [10n, 0n, 0n],
      [10n, 0n, 0n],
      [0n, 0n, 0n],
      [0n, 0n, 0n],
    ],
  );
  assert.deepEqual(settlementInput(hash, one).pay, [2000n, 2000n, 0n, 0n]);
  // (pool·2^32 − 2) / 20 is no integer, but a field element; ten times it is 2000·2^32 − 1.
  const rate = mod((4000n * 2n ** 32n - 2n) * inverse(20n));
  const input = settlementInput(hash, one, { rate: [rate, 0n], remainder: [2n, 0n] });
  assert.deepEqual(input.pay, [1999n, 1999n, 0n, 0n]);
  await assertOnlyMutantAccepts({
    patches: openRange("settlement/rate.circom", "rateRange"),
    input,
    refusedBy: "split[0].rateRange",
  });
});
