import assert from "node:assert/strict";
import { it } from "node:test";
import { inverse, mod } from "../../../src/crypto/field.ts";
import { packForms, payoutsAt, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts } from "../../helpers/mutants.ts";
import { hash, openRange, ordinary, ordinaryEarning } from "./attack-case.ts";

it("pools of fractions of a unit pack like the contract's, and pay sixteen million units more", async () => {
  const gain = 2n ** 24n;
  const honest = ordinary.slots.map((slot) => slot.pool);
  const pool = [honest[0]! + gain, mod(honest[1]! - gain * inverse(2n ** 56n))];
  assert.deepEqual(packForms("amount", pool), packForms("amount", honest));

  // pool·2^32 is an integer again: gain/2^56·2^32 = 1.
  const weights = [93n, 32n];
  const scaled = pool.map((x) => mod(x * 2n ** 32n));
  const rate = scaled.map((x, q) => x / weights[q]!);
  const remainder = scaled.map((x, q) => x % weights[q]!);
  const paid = payoutsAt(rate, ordinaryEarning);
  assert.ok(paid.pay.reduce((a, b) => a + b) > honest[0]! + honest[1]! + gain - 4n);
  await assertOnlyMutantAccepts({
    patches: openRange("settlement/trace.circom", "poolRange"),
    input: settlementInput(hash, ordinary, { pool, rate, remainder, ...paid, unattributed: 0n }),
    refusedBy: ".poolRange",
  });
});
