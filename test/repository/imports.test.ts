import assert from "node:assert/strict";
import { test } from "node:test";
import { circles, violation } from "../../scripts/check/imports.ts";

const verdict = (from: string, to: string, typeOnly = false): boolean =>
  violation({ from, to, typeOnly }) === undefined;

test("a station imports what lies below it, and only the types of earlier stations", () => {
  assert.ok(verdict("src/trace/a.ts", "../crypto/field.ts"));
  assert.ok(verdict("src/trace/a.ts", "../model/types.ts", true));
  assert.ok(!verdict("src/trace/a.ts", "../model/train.ts"));
  assert.ok(!verdict("src/model/a.ts", "../trace/types.ts", true));
  assert.ok(!verdict("src/trace/a.ts", "../operations/serve.ts", true));
});

test("the ground imports no station, and its rooms point one way", () => {
  assert.ok(verdict("src/protocol/a.ts", "../crypto/words.ts"));
  assert.ok(!verdict("src/crypto/a.ts", "../protocol/statement.ts", true));
  assert.ok(!verdict("src/core/a.ts", "../files/disk.ts"));
  assert.ok(!verdict("src/numeric/a.ts", "../datanet/types.ts", true));
});

test("pages have the shapes of what they show, and nobody imports the command line", () => {
  assert.ok(verdict("src/report/a.ts", "../evaluation/results.ts", true));
  assert.ok(!verdict("src/report/a.ts", "../evaluation/run.ts"));
  assert.ok(verdict("src/operations/demo/a.ts", "../../report/schema.ts"));
  assert.ok(!verdict("src/operations/demo/a.ts", "../../report/html.ts"));
  assert.ok(!verdict("src/operations/a.ts", "../cli/output.ts"));
});

test("the verifier never imports the prover, and a heavy dependency has one owner", () => {
  assert.ok(!verdict("src/verification/a.ts", "../proof/keys.ts", true));
  assert.ok(!verdict("src/claim/a.ts", "snarkjs"));
  assert.ok(!verdict("src/trace/a.ts", "viem"));
});

test("a circle of files is named, types included", () => {
  const line = new Map([
    ["a", ["b", "c"]],
    ["b", ["c"]],
    ["c", []],
  ]);
  assert.deepEqual(circles(line), []);
  assert.deepEqual(circles(new Map([...line, ["c", ["a"]]])), ["a circle of files: a → b → c → a"]);
});
