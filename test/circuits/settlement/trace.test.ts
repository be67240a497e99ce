import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { type HashChain, loadHashChain } from "../../../src/crypto/poseidon.ts";
import { compileTemplate, type TestCircuit } from "../../helpers/circuit.ts";
import { drawCase } from "../../helpers/circuit-case.ts";
import { commitmentsOf } from "../../helpers/circuit-reference.ts";
import { WitnessRefused } from "../../helpers/circuit-witness.ts";

describe("Trace", () => {
  const one = drawCase({ traces: 3, positions: 4, width: 33 }, "trace");
  let circuit: TestCircuit;
  let hash: HashChain;
  before(async () => {
    circuit = await compileTemplate("settlement/trace.circom", "Trace(33)");
    hash = await loadHashChain();
  });

  const { indexId, n0, slots } = one;
  const { io, pool, blind, u } = slots[2]!;
  const input = { indexId, n0, slot: 2, io, pool, blind, u, active: 1 };

  it("opens the commitment that docs/encodings.md describes", async () => {
    const witness = await circuit.witness(input);
    assert.deepEqual(circuit.broken(witness), []);
    const commitment = commitmentsOf(hash, one)[2]!;
    assert.equal(witness[circuit.wire("commitment")], commitment);
    assert.equal(witness[circuit.wire("trace")], commitment);
    assert.deepEqual(circuit.loose(witness), []);
  });

  it("is 0 where the slot is not active, and hashes it all the same", async () => {
    const witness = await circuit.witness({ ...input, active: 0 });
    assert.deepEqual(circuit.broken(witness), []);
    assert.equal(witness[circuit.wire("trace")], 0n);
    assert.equal(witness[circuit.wire("commitment")], commitmentsOf(hash, one)[2]!);
  });

  it("accepts the bounds of the pool and the sketch, and nothing beyond them", async () => {
    const first = (x: bigint) => ({ ...input, u: u.map((entry, j) => (j === 0 ? x : entry)) });
    for (const good of [
      { ...input, pool: 0n },
      { ...input, pool: 2n ** 48n - 1n },
      first(-128n),
      first(127n),
    ]) {
      assert.deepEqual(circuit.broken(await circuit.witness(good)), []);
    }
    for (let j = 0; j < u.length; j++) {
      for (const x of [-129n, 128n]) {
        await assert.rejects(circuit.witness({ ...input, u: u.with(j, x) }), WitnessRefused, `entry ${j}`);
      }
    }
    const bad = [{ ...input, pool: 2n ** 48n }, { ...input, pool: -1n }, first(-129n), first(128n)];
    for (const one of [...bad, { ...input, active: 2 }, { ...input, active: -1 }]) {
      await assert.rejects(circuit.witness(one), WitnessRefused);
    }
  });
});
