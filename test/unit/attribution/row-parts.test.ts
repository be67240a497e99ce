import assert from "node:assert/strict";
import { test } from "node:test";
import { foreignColumns, rowsByPosition, scoreParts } from "../../../src/attribution/row-parts.ts";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { PHI_MAX } from "../../../src/params/bits.ts";
import { buildIndex, toyIndexInput } from "../../helpers/toy-index.ts";

test("largest remainders, by hand", () => {
  const influence = { width: 1, values: Float32Array.of(1.25, 2.5, -0.75), owners: Uint32Array.of(0, 0, 0) };
  // u = 1: exact 1.25 + 2.5 − 0.75 = 3; floors 1 + 2 − 1 = 2; the one that misses goes to 0.5 after 2.
  const { rows, residual } = scoreParts(Int8Array.of(1), influence, [0, 1, 2], 4);
  assert.deepEqual(
    rows.map(({ part }) => part),
    [1, 3, -1],
  );
  assert.equal(residual, 1, "S = 4 was proven, the rows make 3");
});

test("parts and residual of every position add up to its score, and no part is a unit from its exact score", async () => {
  const { input } = await toyIndexInput();
  const { index, rows } = buildIndex(input);
  const u = Int8Array.from({ length: index.width }, (_, j) => ((j * 37) % 200) - 100);
  const scores = scoreTrace(u, index);
  const members = rowsByPosition(rows.owners, index.positions);
  assert.equal(members.flat().length, rows.owners.length);
  scores.forEach((score, c) => {
    const parts = scoreParts(u, rows, members[c]!, score);
    assert.equal(
      parts.rows.reduce((sum, { part }) => sum + part, parts.residual),
      score,
    );
    for (const { part, exact } of parts.rows) assert.ok(Math.abs(part - exact) < 1 && Number.isInteger(part));
    const sum = parts.rows.reduce((total, { exact }) => total + exact, 0);
    assert.ok(Math.abs(score - parts.residual - sum) <= 0.5 + 1e-6, "the residual is Φ's rounding only");
  });
});

test("rows that Φ was not made from are found", async () => {
  const { input } = await toyIndexInput();
  const { index, rows } = buildIndex(input);
  assert.deepEqual(foreignColumns(index.phi, rows, PHI_MAX), []);
  const other = { ...rows, values: rows.values.slice() };
  other.values[63 * 14 + 5]! += 2;
  assert.deepEqual(foreignColumns(index.phi, other, PHI_MAX), [{ position: 14 % 12, column: 5 }]);
});
