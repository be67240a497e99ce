import assert from "node:assert/strict";
import { test } from "node:test";
import { dealFolds } from "../../../src/model/folds.ts";
import { chooseRidge, isPastBest, RIDGES, ridgeEdge } from "../../../src/model/ridge-choice.ts";
import { seededRandom } from "../../../src/numeric/random.ts";

const ROWS = 400;
const triedOf = (ridge: number, accuracy: number, loss = 1) => ({
  ridge,
  accuracy,
  loss,
  standardError: Math.sqrt((accuracy * (1 - accuracy)) / ROWS),
  certain: 0,
});

test("of λ that rows cannot tell apart the largest is chosen, whatever its loss", () => {
  // One standard error of 0.9 over 400 rows is 0.015.
  const tried = [triedOf(1e-2, 0.884), triedOf(1e-3, 0.886, 9), triedOf(1e-4, 0.9), triedOf(1e-5, 0.89)];
  assert.equal(chooseRidge(tried).ridge, 1e-3);
  assert.equal(chooseRidge([...tried].reverse()).ridge, 1e-3);
  assert.equal(chooseRidge([triedOf(1e-3, 0.5), triedOf(1e-4, 1)]).ridge, 1e-4);
});

test("an end of what was tried is said, and a given λ is none", () => {
  const tried = [1e-2, 1e-3, 1e-4].map((ridge) => triedOf(ridge, 0.9));
  assert.equal(ridgeEdge({ tried, ridge: 1e-2 }), "largest");
  assert.equal(ridgeEdge({ tried, ridge: 1e-3 }), undefined);
  assert.equal(ridgeEdge({ tried, ridge: 1e-4 }), "smallest");
  assert.equal(ridgeEdge({ tried: tried.slice(0, 1), ridge: 1e-2 }), undefined);
});

test("a search ends at a weaker λ that is worse both ways, or after two that are hardly more accurate", () => {
  const [first, better] = [triedOf(1e-2, 0.8, 1), triedOf(1e-3, 0.9, 0.5)];
  assert.ok(!isPastBest([first, better]));
  assert.ok(!isPastBest([first, better, triedOf(1e-4, 0.89, 0.4)]));
  assert.ok(!isPastBest([first, better, triedOf(1e-4, 0.91, 0.6)]));
  assert.ok(isPastBest([first, better, triedOf(1e-4, 0.9, 0.6)]));
  // Half a standard error of 0.9 is 0.0075.
  assert.ok(isPastBest([first, better, triedOf(1e-4, 0.89, 0.4), triedOf(1e-5, 0.905, 0.3)]));
  assert.ok(!isPastBest([first, better, triedOf(1e-4, 0.89, 0.4), triedOf(1e-5, 0.91, 0.3)]));
});

test("λ are tried from strong to weak", () => {
  assert.deepEqual(
    RIDGES,
    [...RIDGES].sort((a, b) => b - a),
  );
  assert.deepEqual([RIDGES[0], RIDGES.at(-1)], [1e-1, 1e-7]);
});

test("folds hold every row once, each label's in equal shares, and follow the seed", () => {
  const random = seededRandom(3);
  const labels = Uint32Array.from({ length: 301 }, () => (random.uniform() < 0.1 ? 1 : random.integer(4)));
  const folds = dealFolds(labels, 4, 7, 3);
  const judged = folds.flatMap(({ validation }) => Array.from(validation));
  assert.deepEqual(
    judged.toSorted((a, b) => a - b),
    Array.from(labels, (_, row) => row),
  );
  for (const { training, validation } of folds) {
    const both = [...training, ...validation].sort((a, b) => a - b);
    assert.deepEqual(
      both,
      Array.from(labels, (_, row) => row),
    );
    for (let label = 0; label < 4; label++) {
      const all = labels.filter((one) => one === label).length;
      const here = validation.filter((row) => labels[row] === label).length;
      assert.ok(Math.abs(here - all / 3) < 1, `label ${label}: ${here} of ${all}`);
    }
  }
  assert.deepEqual(dealFolds(labels, 4, 7, 3), folds);
  assert.notDeepEqual(dealFolds(labels, 4, 8, 3), folds);
});
