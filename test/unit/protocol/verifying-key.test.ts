import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeVerifyingKey, encodeVerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { readVectors } from "../../helpers/vectors.ts";

const { verifyingKey } = readVectors("transcript").key;

test("encode inverts decode", () => {
  assert.deepEqual(encodeVerifyingKey(decodeVerifyingKey(verifyingKey)), verifyingKey);
});

test("refuses a key with a point of IC missing, one too many, or another name", () => {
  const { ic } = verifyingKey;
  for (const change of [{ ic: ic.slice(1) }, { ic: [...ic, ic[0]] }, { gamma: verifyingKey.beta }]) {
    assert.throws(() => decodeVerifyingKey({ ...verifyingKey, ...change }), { code: "TRB_KEY_SHAPE" });
  }
});
