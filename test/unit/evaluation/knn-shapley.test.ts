import assert from "node:assert/strict";
import { test } from "node:test";
import { knnShapley, shapleyOfSorted } from "../../../src/evaluation/rivals/knn-shapley.ts";
import { denseRows } from "../../../src/model/activations.ts";

/** Six rows of two numbers, of three labels, and a request. */
const POINTS = [0, 0, 1, 0, 0, 3, 2, 2, -4, 1, 5, -5];
const LABELS = Uint32Array.of(1, 0, 1, 2, 1, 0);
const REQUEST = [0.375, 0.5];

/** Σ over all orders of what row i adds to those before it, over their number. */
function shapleyByPermutations(worth: (rows: readonly number[]) => number, n: number): number[] {
  const values = new Array<number>(n).fill(0);
  const orders: number[][] = [[]];
  for (let i = 0; i < n; i++)
    orders.splice(
      0,
      orders.length,
      ...orders.flatMap((order) =>
        Array.from({ length: n }, (_, row) => row)
          .filter((row) => !order.includes(row))
          .map((row) => [...order, row]),
      ),
    );
  for (const order of orders)
    order.forEach((row, at) => {
      values[row]! += (worth(order.slice(0, at + 1)) - worth(order.slice(0, at))) / orders.length;
    });
  return values;
}

const distance = (row: number): number =>
  (POINTS[2 * row]! - REQUEST[0]!) ** 2 + (POINTS[2 * row + 1]! - REQUEST[1]!) ** 2;

for (const label of [0, 1, 2]) {
  for (const neighbours of [1, 2, 5, 6, 9]) {
    test(`label ${label}, ${neighbours} neighbours: the recursion is the mean over all 720 orders`, () => {
      const worth = (rows: readonly number[]): number => {
        const nearest = [...rows].sort((a, b) => distance(a) - distance(b)).slice(0, neighbours);
        return nearest.filter((row) => LABELS[row] === label).length / neighbours;
      };
      const expected = shapleyByPermutations(worth, LABELS.length);
      const data = { activations: denseRows(Float64Array.from(POINTS), 2), labels: LABELS };
      const request = denseRows(Float64Array.from(REQUEST), 2);
      const found = knnShapley(data, request, Uint32Array.of(label), neighbours);
      for (const [row, value] of expected.entries())
        assert.ok(Math.abs(found[row]! - value) < 1e-12, `row ${row}: ${found[row]}, ${value}`);
    });
  }
}

test("values add up to what all rows are worth, at a size that no order of all was tried of", () => {
  const hits = Array.from({ length: 500 }, (_, i) => (i * i) % 7 < 3);
  const sum = shapleyOfSorted(hits, 5).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum - hits.slice(0, 5).filter(Boolean).length / 5) < 1e-12, `${sum}`);
});

test("of rows as near as one another the first is nearer", () => {
  const data = { activations: denseRows(Float64Array.of(1, 1, 1), 1), labels: Uint32Array.of(0, 1, 1) };
  const values = knnShapley(data, denseRows(Float64Array.of(1), 1), Uint32Array.of(1), 1);
  assert.deepEqual(
    [...values].map((x) => x.toFixed(6)),
    [...shapleyOfSorted([false, true, true], 1)].map((x) => x.toFixed(6)),
  );
});
