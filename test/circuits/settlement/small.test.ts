import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { type HashChain, loadHashChain } from "../../../src/crypto/poseidon.ts";
import { PUBLIC_SIGNALS } from "../../../src/params/tags.ts";
import type { TestCircuit } from "../../helpers/circuit.ts";
import { drawCase } from "../../helpers/circuit-case.ts";
import { type SettlementCase, settlementInput } from "../../helpers/circuit-reference.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";
import { ATTACK_SIZE, compileReal } from "../../helpers/mutants.ts";

/** What mini.test.ts says of a tier, of the smallest instance: the one that attacks and mutants are tried on. */
describe("the smallest circuit against a reference that shares no code with the prover", () => {
  let circuit: TestCircuit;
  let hash: HashChain;

  before(async () => {
    circuit = await compileReal();
    hash = await loadHashChain();
  });

  const accepts = async (one: SettlementCase): Promise<void> => {
    const witness = await circuit.witness({ ...settlementInput(hash, one) });
    assert.deepEqual(circuit.broken(witness), []);
  };

  it("accepts a full batch, one with an empty slot, and one that helped nobody", async () => {
    await accepts(drawCase(ATTACK_SIZE, "full"));
    await accepts(drawCase(ATTACK_SIZE, "one", 1));
    const one = drawCase(ATTACK_SIZE, "nobody");
    await accepts({
      ...one,
      slots: one.slots.map((slot, q) => (q === 1 ? { ...slot, u: [0n, 0n, 0n] } : slot)),
    });
  });

  it("accepts the largest pools, sketches and rows", async () => {
    const one = drawCase(ATTACK_SIZE, "extreme");
    await accepts({
      ...one,
      n0: 2n ** 64n - 1n,
      phi: one.phi.map((row, c) => [...row.slice(0, -1).map(() => (c === 0 ? 127n : -127n)), row.at(-1)!]),
      slots: one.slots.map((slot) => ({ ...slot, pool: 2n ** 48n - 1n, u: [-128n, 127n, 127n] })),
    });
  });

  it("binds every signal: none can be changed alone", async () => {
    const witness = await circuit.witness({ ...settlementInput(hash, drawCase(ATTACK_SIZE, "bound", 1)) });
    assert.deepEqual(circuit.loose(witness), []);
  });

  it("ranges the very signals: no range may be that of another number", async () => {
    const [one, other] = await Promise.all(
      ["one", "other"].map((label) =>
        circuit.witness({ ...settlementInput(hash, drawCase(ATTACK_SIZE, label)) }),
      ),
    );
    const parts = new Set(
      [...circuit.wires.keys()].map((name) => /^(.*[rR]ange(\[\d+\])?)\./.exec(name)?.[1]),
    );
    parts.delete(undefined);
    const { traces: Q, positions: C, width: k } = ATTACK_SIZE;
    // Pool and sketch of a trace, its scores' magnitudes, three of a rate; payout and fraction of a position.
    assert.ok(parts.size >= Q * (1 + k + C + 3) + 2 * C);
    for (const part of parts) {
      const mixed = [...one!];
      for (const [name, wire] of circuit.wires) if (name.startsWith(`${part}.`)) mixed[wire] = other![wire]!;
      if (mixed.every((value, wire) => value === one![wire])) continue;
      assert.notDeepEqual(circuit.broken(mixed), [], part);
    }
  });

  it("refuses any other value of an input, but for those that are anything where W = 0", async () => {
    const input = settlementInput(hash, drawCase(ATTACK_SIZE, "other"));
    for (const name of PUBLIC_SIGNALS) {
      await assert.rejects(circuit.witness({ ...input, [name]: input[name] + 1n }), WitnessRefused, name);
    }
    for (const [name, value] of Object.entries(input)) {
      const other = Array.isArray(value) ? [...value] : value + 1n;
      if (Array.isArray(other))
        other[0] = Array.isArray(other[0]) ? [other[0][0]! + 1n, ...other[0].slice(1)] : other[0]! + 1n;
      await assert.rejects(circuit.witness({ ...input, [name]: other }), WitnessRefused, name);
    }
  });
});
