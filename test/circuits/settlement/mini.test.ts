import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildCircuit } from "../../../scripts/setup/circuits.ts";
import { type HashChain, loadHashChain } from "../../../src/crypto/poseidon.ts";
import { PUBLIC_SIGNALS } from "../../../src/params/tags.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { TestCircuit } from "../../helpers/circuit.ts";
import { drawCase } from "../../helpers/circuit-case.ts";
import { type SettlementCase, settlementInput } from "../../helpers/circuit-reference.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";

const mini = TIERS.mini;

describe("the mini circuit against a reference that shares no code with the prover", () => {
  let circuit: TestCircuit;
  let hash: HashChain;

  before(async () => {
    circuit = await TestCircuit.load(await buildCircuit("mini", () => {}));
    hash = await loadHashChain();
  });

  const accepts = async (one: SettlementCase): Promise<void> => {
    const witness = await circuit.witness({ ...settlementInput(hash, one) });
    assert.deepEqual(circuit.broken(witness), []);
  };

  it("accepts a full batch", () => accepts(drawCase(mini, "full")));

  it("accepts batches with empty slots", async () => {
    await accepts(drawCase(mini, "one", 1));
    await accepts(drawCase(mini, "three", 3));
  });

  it("accepts a trace that nobody's data helped: its pool is unattributed", async () => {
    const one = drawCase(mini, "nobody");
    const slots = one.slots.map((slot, q) => (q === 1 ? { ...slot, u: slot.u.map(() => 0n) } : slot));
    const input = settlementInput(hash, { ...one, slots });
    assert.equal(input.unattributed, slots[1]!.pool);
    assert.deepEqual(circuit.broken(await circuit.witness({ ...input })), []);
  });

  it("accepts extreme values: the largest pools, sketches and rows", async () => {
    const one = drawCase(mini, "extreme");
    await accepts({
      ...one,
      n0: 2n ** 64n - 1n,
      phi: one.phi.map((row, c) => row.map((x, j) => (j === mini.width ? x : c % 2 === 0 ? 127n : -127n))),
      slots: one.slots.map((slot, q) => ({
        ...slot,
        pool: 2n ** 48n - 1n,
        u: slot.u.map((_, j) => (j < 32 ? (q % 2 === 0 ? 127n : -128n) : 0n)),
      })),
    });
  });

  it("binds every signal: none can be changed alone", async () => {
    const witness = await circuit.witness({ ...settlementInput(hash, drawCase(mini, "bound", 3)) });
    assert.deepEqual(circuit.loose(witness), []);
  });

  it("has the public signals first and in their order", async () => {
    const input = settlementInput(hash, drawCase(mini, "public"));
    const witness = await circuit.witness({ ...input });
    assert.deepEqual(
      witness.slice(1, 1 + PUBLIC_SIGNALS.length),
      PUBLIC_SIGNALS.map((name) => input[name]),
    );
  });

  it("refuses any other value of a public input", async () => {
    const input = settlementInput(hash, drawCase(mini, "other"));
    for (const name of PUBLIC_SIGNALS) {
      await assert.rejects(circuit.witness({ ...input, [name]: input[name] + 1n }), WitnessRefused, name);
    }
  });
});
