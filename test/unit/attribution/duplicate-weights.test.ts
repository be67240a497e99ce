import assert from "node:assert/strict";
import { test } from "node:test";
import { duplicateWeights } from "../../../src/attribution/duplicate-weights.ts";

test("a cluster shares one row's reward, or its first row has it, or nothing is done", () => {
  const first = Uint32Array.of(0, 1, 0, 0, 1);
  assert.deepEqual([...duplicateWeights(first, "share")], [1 / 3, 1 / 2, 1 / 3, 1 / 3, 1 / 2]);
  assert.deepEqual([...duplicateWeights(first, "first")], [1, 1, 0, 0, 0]);
  assert.deepEqual([...duplicateWeights(first, "off")], [1, 1, 1, 1, 1]);
});
