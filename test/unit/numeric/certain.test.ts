import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf } from "../../../src/model/quality.ts";
import { certainAnswers, isCertain } from "../../../src/numeric/certain.ts";

test("an answer is certain where float32 has no number between its probability and 1", () => {
  assert.ok(isCertain(1) && isCertain(1 - 2 ** -26));
  assert.ok(!isCertain(1 - 2 ** -24) && !isCertain(0.999999));
  assert.equal(certainAnswers(Float32Array.of(1, 0.5, 1, 0.9999999)), 2);
});

test("answers of a model are counted with their certainty, right or wrong", () => {
  const logs = Float64Array.from([0, -40, -40, 0, Math.log(0.4), Math.log(0.6)]);
  const rows = Uint32Array.of(0, 1, 2);
  const { rows: count, right, certain, loss } = countOf(logs, Uint32Array.of(0, 0, 1), rows);
  assert.deepEqual([count, right, certain], [3, 2, 2]);
  assert.ok(Math.abs(loss - 40 + Math.log(0.6)) < 1e-12);
});
