import assert from "node:assert/strict";
import { test } from "node:test";
import { HEAT_STEPS, heatLegend, heatMap, heatStep } from "../../../src/report/svg/heat-map.ts";
import { moneyFlow } from "../../../src/report/svg/money-flow.ts";
import { isDrawable, thumbnail } from "../../../src/report/svg/thumbnail.ts";

test("heat steps are exact at their edges and agree with the legend", () => {
  const largest = 2n ** 70n * 5n;
  assert.equal(heatStep(0n, largest), 0);
  assert.equal(heatStep(1n, largest), 1);
  assert.equal(heatStep(largest, largest), HEAT_STEPS);
  for (let step = 1n; step < BigInt(HEAT_STEPS); step++) {
    assert.equal(heatStep((largest / 5n) * step, largest), Number(step));
    assert.equal(heatStep((largest / 5n) * step + 1n, largest), Number(step) + 1);
  }
  assert.equal(heatStep(0n, 0n), 0);
  assert.equal(heatLegend(largest).length, HEAT_STEPS);
});

test("the heat map has one cell for each amount and carries all of them", () => {
  const rows = [
    { name: "one", amounts: [0n, 5n, 10n] },
    { name: "two", amounts: [10n, 0n, 1n] },
  ];
  const { text } = heatMap({ columns: ["a", "b", "c"], rows, label: "test" });
  assert.equal(text.match(/M\d/g)?.length, 6);
  assert.deepEqual(
    [...text.matchAll(/data-amounts="([^"]*)"/g)].map((found) => found[1]),
    ["0 5 10", "10 0 1"],
  );
});

test("streams are as wide as their money, from one height", () => {
  const nodes = [
    { id: "fees", name: "Fees", colour: "pool", units: 100n },
    { id: "a", name: "A", colour: "p0", units: 75n },
    { id: "b", name: "B", colour: "p1", units: 25n },
  ];
  const links = [
    { source: "fees", target: "a", units: 75n },
    { source: "fees", target: "b", units: 25n },
  ];
  const layout = { name: "wide", width: 600, labels: 100, longest: 20, lift: 0 } as const;
  const { text } = moneyFlow(nodes, links, layout, "test");
  const [a, b] = [...text.matchAll(/stroke-width="([\d.]+)"/g)].map((found) => Number(found[1]));
  assert.ok(Math.abs(a! / b! - 3) < 0.01, `${a} to ${b}`);
});

test("a thumbnail inks large values and leaves the smallest as paper", () => {
  const { text } = thumbnail([0, 16, 8, 0], [2, 2], "test");
  assert.match(text, /viewBox="0 0 2 2"/);
  assert.match(text, /fill-opacity="1" d="M1 0h1v1h-1z"/);
  assert.match(text, /fill-opacity="0.5" d="M0 1h1v1h-1z"/);
  assert.equal(text.match(/<path/g)?.length, 2);
  assert.doesNotMatch(thumbnail([3, 3], [1, 2], "flat").text, /NaN|<path/);
});

test("numbers are drawn only where the shape fits them", () => {
  assert.ok(isDrawable([1, 2, 3, 4], [2, 2]));
  assert.ok(!isDrawable([1, 2, 3], [2, 2]));
  assert.ok(!isDrawable([], [0, 0]));
  assert.ok(!isDrawable([1], undefined));
  assert.ok(!isDrawable(new Array(65).fill(1), [1, 65]));
});
