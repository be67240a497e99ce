import assert from "node:assert/strict";
import { test } from "node:test";
import { renderPage } from "../../bench/scale/page.ts";
import type { Results } from "../../bench/scale/results.ts";
import { targetsOf } from "../../bench/scale/targets.ts";

const once = (median: number) => ({ median, least: median, most: median, runs: 1 });

const RESULTS: Results = {
  machine: { cpu: "a <fast> one", threads: 2, memoryBytes: 2 ** 34 },
  date: "2026-11-26",
  constraints: { mini: 11_516, small: 94_790, large: 1_845_198 },
  proving: [],
  sameWitness: [
    { tier: "mini", program: "snarkjs", milliseconds: once(1_600), peakBytes: 2 ** 28 },
    { tier: "mini", program: "native", milliseconds: once(100), peakBytes: 2 ** 27 },
  ],
  keys: [{ tier: "mini", backend: "snarkjs", key: once(3_000), powers: once(100), peakBytes: 2 ** 28 }],
  naive: {},
  growth: {
    Q: [2, 4].map((traces) => ({
      circuit: "settlement",
      size: { traces, positions: 16, width: 63 },
      constraints: 4_000 * traces,
      groth16: once(50 * traces),
      peakBytes: 2 ** 27,
    })),
  },
  ezkl: {},
  gas: { claim: 190_000 },
  settlements: [],
  missing: [],
};

test("the benchmark's page has its plots, its tables and the targets, met, missed and not measured", () => {
  const page = renderPage(RESULTS, targetsOf(RESULTS));
  assert.match(page, /^<!doctype html>/);
  assert.equal(page.match(/<svg/g)?.length, 2);
  assert.ok(page.includes("a &lt;fast&gt; one") && !page.includes("a <fast>"));
  assert.match(page, /same key and witness, mini +≤ 1\/8 +1\/16 +met/);
  assert.match(page, /development key, mini, plain JavaScript +≤ 2 s +3\.1 s +MISSED/);
  assert.match(page, /claim, a later one +≤ 200,000 gas +190,000 +met/);
  assert.match(page, /verification, native, tier mini +≤ 30 ms +not measured/);
});
