import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { splitPools } from "../../../src/attribution/rewards.ts";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";
import { assertOnlyMutantAccepts, compileMutant, compileReal, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

describe("the flag of a trace that helped nobody", () => {
  it("is set where W > 0, and a pool goes to the reserve", async () => {
    const [, second] = settlementInput(hash, ordinary).rate;
    const [, remainder] = settlementInput(hash, ordinary).remainder;
    await assertOnlyMutantAccepts({
      patches: [replaced("lib/zero_flag.circom", "    in * flag === 0;\n")],
      input: settlementInput(hash, ordinary, {
        empty: [1n, 0n],
        weightInverse: [0n, settlementInput(hash, ordinary).weightInverse[1]!],
        rate: [0n, second!],
        remainder: [0n, remainder!],
        unattributed: ordinary.slots[0]!.pool,
      }),
      refusedBy: "split[0].zero",
    });
  });

  it("does not exist, and an honest batch with an empty slot has no proof", async () => {
    const slots = ordinary.slots.map((slot, q) =>
      q === 1 ? { ...slot, active: 0n, pool: 0n, u: [0n, 0n, 0n] } : slot,
    );
    const input = { ...settlementInput(hash, { ...ordinary, slots }) };
    const real = await compileReal();
    assert.deepEqual(real.broken(await real.witness(input)), []);
    const mutant = await compileMutant([
      replaced("settlement/settlement.circom", "split[q].empty <== empty[q];", "split[q].empty <== 0;"),
    ]);
    await assert.rejects(mutant.witness(input), WitnessRefused);
  });
});

describe("what is said to be unattributed", () => {
  it("is half a pool, though the trace helped somebody", async () => {
    const half = 500_000n;
    const split = splitPools(
      [Int32Array.of(30, 60, -15, 3), Int32Array.of(10, 20, -5, 2)],
      ordinary.slots.map(({ pool }) => pool - half),
    );
    await assertOnlyMutantAccepts({
      patches: [
        replaced("settlement/rate.circom", "unattributed <== empty * pool;", `unattributed <-- ${half};`),
      ],
      input: settlementInput(hash, ordinary, {
        rate: split.traces.map(({ rate }) => rate),
        remainder: split.traces.map(({ remainder }) => remainder),
        unattributed: 2n * half,
      }),
      refusedBy: ".unattributed",
    });
  });

  it("is not the sum over the traces", () =>
    assertOnlyMutantAccepts({
      patches: [replaced("settlement/settlement.circom", "    unattributed === left;\n")],
      input: settlementInput(hash, ordinary, { unattributed: 5n }),
      refusedBy: "unattributed",
    }));
});
