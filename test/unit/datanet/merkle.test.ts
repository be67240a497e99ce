import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, encodeAbiParameters, keccak256, stringToHex } from "viem";
import { merkleRoot, proveInclusion, verifyInclusion } from "../../../src/datanet/merkle.ts";
import { toHex } from "../../../src/datanet/rows.ts";

const leaf = fc.uint8Array({ minLength: 32, maxLength: 32 });
const leaves = fc.array(leaf, { minLength: 1, maxLength: 40 });

const tag = (name: string) => keccak256(stringToHex(name));

/** RFC 6962's recursive definition: split at the largest power of two below n. */
function treeHash(list: readonly Uint8Array[]): `0x${string}` {
  if (list.length === 1) return toHex(list[0]!);
  const half = 2 ** Math.floor(Math.log2(list.length - 1));
  const [left, right] = [treeHash(list.slice(0, half)), treeHash(list.slice(half))];
  return keccak256(concat([tag("TRIBUTARY_NODE_V1"), left, right]));
}

function rootBySolidity(list: readonly Uint8Array[]): `0x${string}` {
  const types = [{ type: "bytes32" }, { type: "uint256" }, { type: "bytes32" }] as const;
  return keccak256(
    encodeAbiParameters(types, [tag("TRIBUTARY_ROOT_V1"), BigInt(list.length), treeHash(list)]),
  );
}

test("the root is RFC 6962's tree hash, sealed with the number of leaves", () => {
  fc.assert(fc.property(leaves, (list) => toHex(merkleRoot(list)) === rootBySolidity(list)));
});

test("every leaf has a proof that verifies at its own place only", () => {
  fc.assert(
    fc.property(fc.uniqueArray(leaf, { minLength: 1, maxLength: 20, selector: toHex }), (list) => {
      const root = merkleRoot(list);
      list.forEach((own, i) => {
        const proof = proveInclusion(list, i);
        list.forEach((other, j) => {
          assert.equal(verifyInclusion(root, own, { ...proof, index: j }), i === j, `as leaf ${j}`);
          assert.equal(verifyInclusion(root, other, proof), i === j, `leaf ${j} in its place`);
        });
      });
    }),
    { numRuns: 20 },
  );
});

test("a proof with anything changed does not verify", () => {
  fc.assert(
    fc.property(leaves, fc.nat(), fc.nat(255), (list, at, place) => {
      const root = merkleRoot(list);
      const index = at % list.length;
      const own = list[index]!;
      const proof = proveInclusion(list, index);
      const flipped = (bytes: Uint8Array) => bytes.map((b, i) => (i === place % 32 ? b ^ 1 : b));
      const refused = [
        verifyInclusion(flipped(root), own, proof),
        verifyInclusion(root, flipped(own), proof),
        verifyInclusion(root, own, { ...proof, count: proof.count + 1 }),
        verifyInclusion(root, own, { ...proof, count: proof.count - 1 }),
        verifyInclusion(root, own, { ...proof, index: -1 }),
        verifyInclusion(root, own, { ...proof, index: index + 0.5 }),
        verifyInclusion(root, own, { ...proof, path: [...proof.path, own] }),
        verifyInclusion(root, own.subarray(1), proof),
      ];
      if (proof.path.length > 0) {
        refused.push(verifyInclusion(root, own, { ...proof, path: proof.path.slice(1) }));
        refused.push(verifyInclusion(root, own, { ...proof, path: proof.path.map(flipped) }));
      }
      return verifyInclusion(root, own, proof) && refused.every((ok) => !ok);
    }),
  );
});

test("repeating the last leaf, or giving a node as a leaf, makes another root", () => {
  const [a, b, c] = [1, 2, 3].map((n) => new Uint8Array(32).fill(n)) as [Uint8Array, Uint8Array, Uint8Array];
  assert.notDeepEqual(merkleRoot([a, b, c]), merkleRoot([a, b, c, c]));
  const ab = Buffer.from(treeHash([a, b]).slice(2), "hex");
  assert.notDeepEqual(merkleRoot([a, b, c]), merkleRoot([ab, c]));
  assert.equal(verifyInclusion(merkleRoot([a, b, c]), ab, { index: 0, count: 2, path: [c] }), false);
});

test("there is no tree of nothing and no proof of a leaf that is not there", () => {
  assert.throws(() => merkleRoot([]), RangeError);
  assert.throws(() => proveInclusion([new Uint8Array(32)], 1), RangeError);
});
