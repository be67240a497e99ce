import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildPoseidonReference, type Poseidon } from "circomlibjs";
import { R } from "../../../src/crypto/field.ts";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import { compileTemplate, type TestCircuit } from "../../helpers/circuit.ts";
import { drawn } from "../../helpers/circuit-case.ts";

const element = (label: string): bigint => drawn(label) % R;
const ONE_EACH = `[${Array.from({ length: 16 }, () => "[1, 0, 0]").join(", ")}]`;

describe("PoseidonBlock against circomlib", () => {
  let poseidon: Poseidon;
  let block: TestCircuit;
  before(async () => {
    poseidon = await buildPoseidonReference();
    block = await compileTemplate("lib/poseidon_block.circom", `PoseidonBlock(1, 0, 16, ${ONE_EACH})`);
  });

  const inputs = [
    Array.from({ length: 17 }, (_, i) => element(`poseidon ${i}`)),
    new Array<bigint>(17).fill(0n),
    new Array<bigint>(17).fill(R - 1n),
  ];

  it("equals circomlibjs's unoptimised permutation", async () => {
    for (const [state, ...values] of inputs) {
      const witness = await block.witness({ state: state!, in: values });
      assert.deepEqual(block.broken(witness), []);
      assert.equal(witness[1], poseidon.F.toObject(poseidon(values, poseidon.F.e(state!))));
    }
  });

  it("equals circomlib's own circuit, PoseidonEx(16, 1)", async () => {
    const circomlib = await compileTemplate(
      "../node_modules/circomlib/circuits/poseidon.circom",
      "PoseidonEx(16, 1)",
    );
    const [state, ...values] = inputs[0]!;
    const theirs = await circomlib.witness({ initialState: state!, inputs: values });
    const ours = await block.witness({ state: state!, in: values });
    assert.equal(ours[1], theirs[1]);
    assert.equal(block.constraints, 3 * (8 * 17 + 68));
    assert.ok(circomlib.constraints > 3 * block.constraints, `${circomlib.constraints}`);
  });

  it("binds every signal", async () => {
    const [state, ...values] = inputs[0]!;
    assert.deepEqual(block.loose(await block.witness({ state: state!, in: values })), []);
  });
});

describe("HashChain", () => {
  it("packs what its layout says and chains the blocks", async () => {
    const circuit = await compileTemplate(
      "lib/hash_chain.circom",
      "HashChain(7, 3, [[2, 2, 0, 0], [14, 1, 0, 0], [5, 3, 20, 9]])",
    );
    const values = [
      element("sum a"),
      element("sum b"),
      ...Array.from({ length: 14 }, (_, i) => element(`chain ${i}`)),
      ...[-9n, 0n, 1n, 2n ** 20n - 10n, 77n],
    ];
    const place = (x: bigint, i: number): bigint => (x + 9n) << BigInt(20 * i);
    const packed = [values.slice(16, 19), values.slice(19)].map((three) =>
      three.reduce((sum, x, i) => sum + place(x, i), 0n),
    );
    const hash = await loadHashChain();
    const witness = await circuit.witness({ in: values });
    assert.deepEqual(circuit.broken(witness), []);
    assert.equal(witness[1], hash(7n, [(values[0]! + values[1]!) % R, ...values.slice(2, 16), ...packed]));
    assert.equal(circuit.constraints, 2 * 612 - 3 - 3 * 15);
    assert.deepEqual(circuit.loose(witness), []);
  });
});
