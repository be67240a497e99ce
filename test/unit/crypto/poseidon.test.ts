import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPoseidonReference } from "circomlibjs";
import { R } from "../../../src/crypto/field.ts";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import { HASH_TAG } from "../../../src/params/tags.ts";
import { readVectors } from "../../helpers/vectors.ts";

const hash = await loadHashChain();

test("the chain gives the committed vectors", () => {
  for (const { tag, inputs, hash: expected } of readVectors("hash-chain")) {
    const value = hash(HASH_TAG[tag as keyof typeof HASH_TAG], inputs.map(BigInt));
    assert.equal(value, BigInt(expected));
  }
});

test("two blocks are two permutations of the unoptimised reference implementation", async () => {
  const reference = await buildPoseidonReference();
  const inputs = Array.from({ length: 17 }, (_, i) => BigInt(i) * 7n);
  const first = reference(inputs.slice(0, 16), reference.F.e(HASH_TAG.fold * 2n ** 32n + 17n));
  const second = reference([inputs[16]!, ...new Array<bigint>(15).fill(0n)], first);
  assert.equal(hash(HASH_TAG.fold, inputs), reference.F.toObject(second));
});

test("tag, length and trailing zeros separate", () => {
  const values = [hash(1n, [5n]), hash(2n, [5n]), hash(1n, [5n, 0n]), hash(1n, [0n, 5n])];
  assert.equal(new Set(values).size, values.length);
});

test("refuses what is not a field element", () => {
  for (const inputs of [[R], [-1n], []]) {
    assert.throws(() => hash(1n, inputs), { code: "TRB_CORE_RANGE" });
  }
});
