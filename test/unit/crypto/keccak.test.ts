import assert from "node:assert/strict";
import { test } from "node:test";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { keccak256 } from "../../../src/crypto/keccak.ts";

test("keccak256 is an independent implementation's, at every edge of a block and of the memory", () => {
  const lengths = [
    ...Array.from({ length: 420 }, (_, n) => n),
    64_871,
    64_872,
    65_007,
    65_008,
    65_009,
    200_001,
  ];
  for (const length of lengths) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
    assert.deepEqual(keccak256(message), keccak_256(message), `${length} bytes`);
  }
});

test("what was hashed before leaves nothing behind, and a digest stays what it was", () => {
  const first = keccak256(new Uint8Array(1000).fill(9));
  const kept = first.slice();
  keccak256(new Uint8Array(3));
  assert.deepEqual(first, kept);
  assert.equal(
    Buffer.from(keccak256(new Uint8Array())).toString("hex"),
    "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
  );
});
