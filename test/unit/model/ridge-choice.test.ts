import assert from "node:assert/strict";
import { test } from "node:test";
import { dealFolds } from "../../../src/model/folds.ts";
import {
  BATCH_RIDGES,
  chooseRidge,
  HEAD_RIDGES,
  isPastBest,
  ridgeEdge,
} from "../../../src/model/ridge-choice.ts";
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
  assert.equal(chooseRidge(tried, 0.1).ridge, 1e-3);
  assert.equal(chooseRidge([...tried].reverse(), 0.1).ridge, 1e-3);
  assert.equal(chooseRidge([triedOf(1e-3, 0.5), triedOf(1e-4, 1)], 0.1).ridge, 1e-4);
});

test("an end of what was tried is said, and a given λ is none", () => {
  const tried = [1e-2, 1e-3, 1e-4].map((ridge) => triedOf(ridge, 0.9));
  assert.equal(ridgeEdge({ tried, ridge: 1e-2 }), "largest");
  assert.equal(ridgeEdge({ tried, ridge: 1e-3 }), undefined);
  assert.equal(ridgeEdge({ tried, ridge: 1e-4 }), "smallest");
  assert.equal(ridgeEdge({ tried: tried.slice(0, 1), ridge: 1e-2 }), undefined);
});

test("of rare labels, that a standard error is more than what there is to learn is no reason to learn nothing", () => {
  // Always answering the most frequent label: 0.99; one standard error is 0.004.
  const tried = [triedOf(1, 0.99, 0.06), triedOf(1e-2, 0.9925, 0.03), triedOf(1e-3, 0.9927, 0.025)];
  assert.equal(chooseRidge(tried, 0.99).ridge, 1e-2);
  assert.equal(chooseRidge(tried, 0.5).ridge, 1);
  // Nothing was learnt at any λ.
  assert.equal(chooseRidge([triedOf(1, 0.99), triedOf(1e-1, 0.99)], 0.99).ridge, 1);
});

test("a search ends at a weaker λ that is worse both ways, or after two that are hardly more accurate", () => {
  const isPast = (...tried: ReturnType<typeof triedOf>[]): boolean => isPastBest(tried, 0.3);
  const [first, better] = [triedOf(1e-2, 0.8, 1), triedOf(1e-3, 0.9, 0.5)];
  assert.ok(!isPast(first, better));
  assert.ok(!isPast(first, better, triedOf(1e-4, 0.89, 0.4)));
  assert.ok(!isPast(first, better, triedOf(1e-4, 0.91, 0.6)));
  assert.ok(isPast(first, better, triedOf(1e-4, 0.9, 0.6)));
  // Half a standard error of 0.9 is 0.0075.
  assert.ok(isPast(first, better, triedOf(1e-4, 0.89, 0.4), triedOf(1e-5, 0.905, 0.37)));
  assert.ok(!isPast(first, better, triedOf(1e-4, 0.89, 0.4), triedOf(1e-5, 0.905, 0.35)));
  assert.ok(!isPast(first, better, triedOf(1e-4, 0.89, 0.4), triedOf(1e-5, 0.91, 0.39)));
});

test("a search does not end where no λ was weak enough yet to learn anything", () => {
  const tried = [triedOf(1, 0.9, 0.4), triedOf(1e-1, 0.9, 0.39), triedOf(1e-2, 0.9, 0.38)];
  assert.ok(!isPastBest(tried, 0.9));
  assert.ok(isPastBest(tried, 0.5));
});

test("λ are tried from strong to weak", () => {
  for (const grid of [HEAD_RIDGES, BATCH_RIDGES]) {
    assert.deepEqual(
      grid,
      [...grid].sort((a, b) => b - a),
    );
    assert.deepEqual([grid[0], grid.at(-1)], [1, 1e-7]);
  }
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
