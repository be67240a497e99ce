import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { explain } from "../../../src/attribution/explain.ts";
import { indexScale, quantiseIndex } from "../../../src/attribution/quantise-index.ts";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { loadIndex, saveIndex } from "../../../src/attribution/store.ts";
import { sketchRows } from "../../../src/sketch/apply.ts";
import { buildIndex, toyIndexInput } from "../../helpers/toy-index.ts";

const { input, toy, fitted } = await toyIndexInput();
const gradients = sketchRows([[toy.gradients]], fitted.sketch);
const built = buildIndex(input);
const folder = (): string => join(mkdtempSync(join(tmpdir(), "tributary-index-")), "it");

test("one scale for all rows: entries keep their ratios, positions without data are zero rows", () => {
  const sums = Float64Array.of(1, -2, 0, 0, 4, 0.5);
  assert.equal(indexScale(sums, 2, 100), 127 / 4);
  assert.deepEqual(quantiseIndex(sums, 127 / 4), Int8Array.of(32, -63, 0, 0, 127, 16));
  // The limit is the third of the four sizes 0.5, 1, 2, 4 that count.
  assert.equal(indexScale(sums, 2, 75), 127 / 2);
  assert.deepEqual(quantiseIndex(sums, 127 / 2), Int8Array.of(64, -127, 0, 0, 127, 32));
  assert.equal(indexScale(new Float64Array(6), 2, 100), 0);
  assert.ok(built.index.phi.subarray(input.assigned * 63).every((x) => x === 0));
  assert.ok(built.index.phi.subarray(0, 63).some((x) => x !== 0));
});

test("another process builds the same integers and the same manifest from the same data", () => {
  const script = new URL("../../helpers/toy-index.ts", import.meta.url).pathname;
  const printed = execFileSync(process.execPath, [script], { encoding: "utf8" });
  assert.equal(printed, `${JSON.stringify(built.manifest)}\n`);
});

test("rows of the served label score above the others: positive means that they raised its likelihood", () => {
  const k = 63;
  let own = 0;
  let other = 0;
  for (let i = 0; i < input.owners.length; i++) {
    const u = gradients.subarray(i * k, (i + 1) * k);
    for (let r = 0; r < input.owners.length; r++) {
      if (r === i) continue;
      let score = 0;
      for (let j = 0; j < k; j++) score += u[j]! * built.rows.values[r * k + j]!;
      if (toy.labels[r] === toy.labels[i]) own += score;
      else other += score;
    }
  }
  assert.ok(own > 0 && own > other, `${own} against ${other}`);
});

test("an explanation's rows add up to their position's score within rounding, the largest first", () => {
  const u = Int8Array.from({ length: 63 }, (_, j) => Math.round(100 * Math.sin(j)));
  const scores = scoreTrace(u, built.index);
  const explained = explain(u, built.rows, scores, 3);
  assert.ok(explained.length > 0);
  // Rounding moves each entry of Φ by half at most; the toy index clips few entries.
  const bound = u.reduce((sum, x) => sum + Math.abs(x), 0);
  for (const { position, score, rowTotal, rows } of explained) {
    assert.equal(score, scores[position]);
    assert.ok(score > 0);
    assert.ok(Math.abs(score - rowTotal) <= bound, `${score}, ${rowTotal}`);
    assert.ok(rows.length <= 3 && rows[0]!.score >= rows.at(-1)!.score);
    for (const { row } of rows) assert.equal(input.owners[row], position);
  }
});

test("too many contributors, and sketches that do not fit, are refused", () => {
  const code = "TRB_ATTRIBUTION_TOO_MANY_POSITIONS";
  assert.throws(() => buildIndex({ ...input, assigned: 17 }), { code });
  const malformed = [
    { sums: input.sums.subarray(1) },
    { sums: input.sums.with(9, Number.NaN) },
    { owners: input.owners.with(0, input.assigned) },
    { method: { ...input.method, ridge: 0 } },
    { blindingSeed: new Uint8Array(31) },
  ];
  for (const change of malformed) {
    assert.throws(() => buildIndex({ ...input, ...change }), { code: "TRB_ATTRIBUTION_INPUT" });
  }
});

test("an index is read back as it was written, and its files are their owner's only", () => {
  const path = folder();
  saveIndex(path, built);
  const loaded = loadIndex(path);
  assert.deepEqual(loaded.manifest, built.manifest);
  assert.deepEqual(loaded.index.phi, built.index.phi);
  assert.deepEqual(Uint8Array.from(loaded.index.blindingSeed), input.blindingSeed);
  assert.deepEqual(loaded.rows, built.rows);
  assert.equal(statSync(join(path, "blinding-seed.bin")).mode & 0o077, 0);
});

test("the manifest tells of pairs that were not compared, where there were any, and is not changed where there were none", () => {
  const near = { rule: "share", similarity: 0.8, limit: 0.7, clusters: 250, joined: 60 } as const;
  for (const nearDuplicates of [near, { ...near, skipped: 12 }]) {
    const path = folder();
    saveIndex(path, buildIndex({ ...input, nearDuplicates }));
    assert.deepEqual(loadIndex(path).manifest.nearDuplicates, nearDuplicates);
  }
});

test("a changed Φ is refused, even by one who mends the file's digest in the manifest", () => {
  const path = folder();
  saveIndex(path, built);
  const phi = join(path, "phi.i8");
  const bytes = readFileSync(phi);
  const before = built.manifest.phi.slice(2);
  bytes[0]! ^= 1;
  writeFileSync(phi, bytes);
  assert.throws(() => loadIndex(path), { code: "TRB_ATTRIBUTION_FILE_DIGEST" });

  const other = buildIndex({ ...input, sums: input.sums.map((x, at) => (at % 2 === 0 ? x : -x)) });
  saveIndex(path, { ...built, index: other.index });
  assert.notEqual(other.manifest.phi.slice(2), before);
  assert.throws(() => loadIndex(path), { code: "TRB_ATTRIBUTION_FILE_MALFORMED" });
});
