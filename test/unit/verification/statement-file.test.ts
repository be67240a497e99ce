import assert from "node:assert/strict";
import { test } from "node:test";
import type { Statement } from "../../../src/protocol/statement.ts";
import { encodeStatement, parseStatement } from "../../../src/verification/statement-file.ts";

const statement: Statement = {
  tier: "mini",
  chainId: 31337n,
  settlement: "0x00000000000000000000000000000000000000aa",
  batchKey: `0x${"1f".repeat(32)}`,
  indexId: 3n,
  n0: 8n,
  positions: 12,
  indexCommitment: { x: 1n, y: 2n },
  pools: [16_000n, 20_000n],
  traces: [5n, 6n],
};

test("a statement comes back from its file as it was", () => {
  assert.deepEqual(parseStatement(encodeStatement(statement)), statement);
});

test("a checksummed address is written in the file's one spelling", () => {
  const checksummed = { ...statement, settlement: "0x00000000000000000000000000000000000000AA" } as const;
  assert.deepEqual(parseStatement(encodeStatement(checksummed)), statement);
});

test("what is not a statement is refused with what is wrong in it", () => {
  const refused = (text: string, details: RegExp) =>
    assert.throws(() => parseStatement(text), { code: "TRB_VERIFY_EXPECTATION", details });
  refused("{", /JSON/);
  refused(encodeStatement(statement).replace('"31337"', '"031337"'), /decimal/);
  refused(encodeStatement(statement).replace('"n0"', '"n1"'), /n0/);
  refused(encodeStatement({ ...statement, positions: 0 }), /positions/);
  refused(encodeStatement({ ...statement, pools: [] }), /pools/);
  refused(encodeStatement({ ...statement, traces: [] }), /traces/);
  refused(encodeStatement(statement).replace('"mini"', '"huge"'), /tier/);
});
