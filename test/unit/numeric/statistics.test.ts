import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../src/numeric/random.ts";
import {
  auc,
  bootstrap,
  bootstrapMean,
  mean,
  pearson,
  quantile,
  ranks,
  spearman,
  wilson,
} from "../../../src/numeric/statistics.ts";

const close = (actual: number, expected: number, within = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual}, not ${expected}`);

test("ties share the mean of their ranks", () => {
  assert.deepEqual([...ranks([10, 20, 20, 5, 20])], [2, 4, 4, 1, 4]);
  assert.deepEqual([...ranks([])], []);
});

test("Pearson and Spearman of values worked out by hand", () => {
  // Deviations (−1, 0, 1) and (−1, 2, −1): product 0.
  close(pearson([1, 2, 3], [1, 4, 1]), 0);
  // Deviations (−1.5, −.5, .5, 1.5) and (−2, −1, 0, 3): 3 + .5 + 0 + 4.5 = 8, squares 5 and 14.
  close(pearson([1, 2, 3, 4], [1, 2, 3, 6]), 8 / Math.sqrt(70));
  close(spearman([1, 2, 3, 4], [1, 2, 3, 6]), 1);
  // 1 − 6·Σd²/(n(n² − 1)) without ties: d = (1, −1, 1, −1, 0).
  close(spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]), 1 - (6 * 4) / 120);
  // With ties: ranks (1, 2.5, 2.5, 4) against (1, 2, 3, 4): 4.5 / √(4.5·5).
  close(spearman([0, 7, 7, 9], [1, 2, 3, 4]), 4.5 / Math.sqrt(22.5));
  close(spearman([3, 2, 1], [10, 20, 400]), -1);
});

test("a constant side correlates with nothing, and unequal lengths are refused", () => {
  assert.equal(spearman([2, 2, 2], [1, 2, 3]), 0);
  assert.equal(pearson([1, 2, 3], [0, 0, 0]), 0);
  assert.throws(() => pearson([1], [1, 2]), RangeError);
});

test("AUC counts pairs, ties half", () => {
  // Positives 3 and 1 against negatives 2 and 1: won, won, lost, tied.
  close(auc([3, 1, 2, 1], [true, true, false, false]), 2.5 / 4);
  close(auc([1, 2, 3, 4], [false, false, true, true]), 1);
  assert.ok(Number.isNaN(auc([1, 2], [true, true])));
});

test("quantiles are linear between neighbours", () => {
  close(quantile([4, 1, 3, 2], 0.5), 2.5);
  close(quantile([0, 10], 0.05), 0.5);
  close(quantile([5], 0.95), 5);
});

test("a bootstrap interval of the mean has the width that theory says, and its seed decides it", () => {
  const random = seededRandom(3);
  const values = Float64Array.from({ length: 400 }, () => random.normal());
  const { low, high } = bootstrapMean(values, { seed: 1, resamples: 2000 });
  assert.ok(low < mean(values) && mean(values) < high);
  const spread = Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)) / values.length);
  close((high - low) / (2 * 1.96 * spread), 1, 0.1);
  assert.deepEqual(bootstrapMean(values, { seed: 1, resamples: 2000 }), { low, high });
  assert.notDeepEqual(bootstrapMean(values, { seed: 2, resamples: 2000 }), { low, high });
});

test("a bootstrap over one item is a point", () => {
  assert.deepEqual(
    bootstrap(1, (drawn) => drawn[0]! + 7, { seed: 1 }),
    { low: 7, high: 7 },
  );
});

test("Wilson's interval of a share is that of the literature, and has a width where all or none hit", () => {
  // Newcombe (1998), table I: 81 of 263.
  const { low, high } = wilson(81, 263);
  close(low, 0.2553, 5e-5);
  close(high, 0.3662, 5e-5);
  assert.equal(wilson(100, 100).high, 1);
  close(wilson(100, 100).low, 0.963, 5e-4);
  assert.equal(wilson(0, 100).low, 0);
});
