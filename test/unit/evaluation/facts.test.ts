import assert from "node:assert/strict";
import { test } from "node:test";
import { certainAnswers, joinedRows } from "../../../src/evaluation/facts.ts";
import type { LinearAdapter } from "../../../src/model/types.ts";
import { toyEvaluation } from "../../helpers/toy-evaluation.ts";

test("rows in clusters are counted, the first ones, too", () => {
  assert.equal(joinedRows(Uint32Array.of(0, 1, 1, 3, 1, 3)), 5);
  assert.equal(joinedRows(Uint32Array.of(0, 1, 2)), 0);
});

test("answers are certain where float32 has no room between them and 1", async () => {
  const { data, models } = await toyEvaluation();
  const adapter = models[0] as LinearAdapter;
  assert.equal(certainAnswers(adapter, data), 0);
  const sure = { ...adapter, weights: adapter.weights.map((x) => 1000 * x) };
  const found = certainAnswers(sure, data);
  assert.ok(found > 10 && found <= data.queries.labels.length, `${found}`);
  // Only the first label's logit moves: by 16 all answers keep 1e-7 of doubt, by 60 none does.
  const lifted = (by: number) => ({
    ...adapter,
    weights: adapter.weights.map(() => 0),
    bias: adapter.bias.map((_, c) => (c === 0 ? by : 0)),
  });
  assert.equal(certainAnswers(lifted(16), data), 0);
  assert.equal(certainAnswers(lifted(60), data), data.queries.labels.length);
});
