import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeAbiParameters, encodePacked, keccak256, stringToHex, toHex as viemHex } from "viem";
import { rowDigest, rowLeaf } from "../../../src/datanet/row-hash.ts";
import { toHex } from "../../../src/datanet/rows.ts";
import type { Features } from "../../../src/datanet/types.ts";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 6 });
const features: fc.Arbitrary<Features> = fc.oneof(
  text,
  numbers.map((list) => Float64Array.from(list)),
);

function bytesBySolidity(value: Features): `0x${string}` {
  if (typeof value === "string") return stringToHex(value);
  const view = new DataView(new ArrayBuffer(value.length * 8));
  value.forEach((x, i) => {
    view.setFloat64(i * 8, x, false);
  });
  return viemHex(new Uint8Array(view.buffer));
}

test("digest and leaf are what Solidity's abi.encodePacked and abi.encode hash", () => {
  fc.assert(
    fc.property(features, text, fc.nat(1023), (value, label, position) => {
      const body = bytesBySolidity(value);
      const digest = keccak256(
        encodePacked(
          ["bytes32", "uint8", "uint32", "bytes", "string"],
          [
            keccak256(stringToHex("TRIBUTARY_ROW_V1")),
            typeof value === "string" ? 0 : 1,
            (body.length - 2) / 2,
            body,
            label,
          ],
        ),
      );
      const leaf = keccak256(
        encodeAbiParameters(
          [{ type: "bytes32" }, { type: "uint256" }, { type: "bytes32" }],
          [keccak256(stringToHex("TRIBUTARY_LEAF_V1")), BigInt(position), digest],
        ),
      );
      const own = rowDigest(value, label);
      assert.equal(toHex(own), digest);
      assert.equal(toHex(rowLeaf(own, position)), leaf);
    }),
  );
});

test("text and label cannot trade characters, and 8 bytes of text are not a number", () => {
  const distinct = [
    rowDigest("ab", "c"),
    rowDigest("a", "bc"),
    rowDigest("\0\0\0\0\0\0\0\0", "a"),
    rowDigest(Float64Array.of(0), "a"),
    rowDigest(Float64Array.of(0, 0), "a"),
  ];
  assert.equal(new Set(distinct.map(toHex)).size, distinct.length);
  assert.notDeepEqual(rowLeaf(distinct[0]!, 0), rowLeaf(distinct[0]!, 1));
});
