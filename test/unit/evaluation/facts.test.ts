import assert from "node:assert/strict";
import { test } from "node:test";
import { joinedRows } from "../../../src/evaluation/facts.ts";

test("rows in clusters are counted, the first ones, too", () => {
  assert.equal(joinedRows(Uint32Array.of(0, 1, 1, 3, 1, 3)), 5);
  assert.equal(joinedRows(Uint32Array.of(0, 1, 2)), 0);
});
