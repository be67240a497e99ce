import assert from "node:assert/strict";
import { it } from "node:test";
import { inverse, mod } from "../../../src/crypto/field.ts";
import { packForms, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, openRange, ordinary } from "./attack-case.ts";

const honest = settlementInput(hash, ordinary);

it("a payout that is a fraction packs like a list that pays position 0 more than it earned", async () => {
  const cut = honest.fraction[1]!;
  assert.ok(cut > 0n);
  const pay = honest.pay.map((x, c) => (c === 1 ? mod(x + cut * inverse(2n ** 32n)) : x));
  const told = honest.pay.map((x, c) => (c === 0 ? x + cut * 2n ** 24n : x));
  assert.deepEqual(packForms("amount", pay), packForms("amount", told));
  await assertOnlyMutantAccepts({
    patches: openRange("settlement/payouts.circom", "payRange[c]"),
    input: settlementInput(hash, ordinary, {
      pay,
      fraction: honest.fraction.map((x, c) => (c === 1 ? 0n : x)),
    }),
    refusedBy: "payouts.payRange[1]",
  });
});

it("a fraction below zero pays position 0 a thousand units more", () =>
  assertOnlyMutantAccepts({
    patches: openRange("settlement/payouts.circom", "fractionRange[c]"),
    input: settlementInput(hash, ordinary, {
      pay: honest.pay.map((x, c) => (c === 0 ? x + 1000n : x)),
      fraction: honest.fraction.map((x, c) => (c === 0 ? x - 1000n * 2n ** 32n : x)),
    }),
    refusedBy: "payouts.fractionRange[0]",
  }));

it("payouts that are not the sum over the traces", () =>
  assertOnlyMutantAccepts({
    patches: [replaced("settlement/payouts.circom", "rate[q] * positive === rest;")],
    input: settlementInput(hash, ordinary, { pay: [3_000_000n, 0n, 0n, 0n] }),
    refusedBy: "payouts",
  }));
