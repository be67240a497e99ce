import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { importDataNet } from "../../../src/datanet/import.ts";
import { TIERS } from "../../../src/params/tiers.ts";

const path = (file: string): string =>
  fileURLToPath(new URL(`../../../data/harbour-desk/${file}`, import.meta.url));

const shipped = await importDataNet({
  name: "Harbour Desk",
  file: path("rows.jsonl"),
  columns: { text: "text", label: "label", contributor: "contributor" },
  capacity: TIERS.mini.positions,
  heldOut: { file: path("held-out.jsonl") },
});

const requests = readFileSync(path("requests.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as { text: string; label: string });

/** How many of a list carry each value. */
const counts = (values: Iterable<number>): number[] => {
  const result: number[] = [];
  for (const value of values) result[value] = (result[value] ?? 0) + 1;
  return result;
};

test("the demo's DataNet fits the mini tier and has no copies", () => {
  const { datanet, refusals } = shipped;
  assert.deepEqual(refusals, []);
  assert.ok(datanet.rows.length >= 640);
  assert.ok(datanet.contributors.length >= 12 && datanet.contributors.length <= TIERS.mini.positions);
  assert.ok(datanet.labels.length >= 8 && datanet.labels.length <= 12);
});

test("no sentence occurs twice, in whatever case or punctuation, over all three files", () => {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const texts = [...shipped.datanet.rows, ...shipped.heldOut].map(({ features }) => features as string);
  const all = [...texts, ...requests.map(({ text }) => text)].map(plain);
  assert.deepEqual(
    all.filter((text, i) => all.indexOf(text) !== i),
    [],
  );
});

test("every label is held out and asked for, and most belong to one or two contributors", () => {
  const { datanet, heldOut } = shipped;
  assert.deepEqual(counts(heldOut.map(({ label }) => label)), new Array(datanet.labels.length).fill(11));
  assert.deepEqual([...new Set(requests.map(({ label }) => label))].sort(), datanet.labels);
  datanet.labels.forEach((label, index) => {
    const owners = counts(datanet.rows.filter((row) => row.label === index).map(({ position }) => position));
    const [most = 0, second = 0] = owners.filter((n) => n > 0).sort((a, b) => b - a);
    const total = owners.reduce((sum, n) => sum + (n ?? 0), 0);
    assert.ok((most + second) / total >= 0.6, label);
  });
});

test("its README counts what the files hold", () => {
  const { datanet } = shipped;
  const readme = readFileSync(path("README.md"), "utf8");
  const byLabel = counts(datanet.rows.map(({ label }) => label));
  datanet.labels.forEach((label, i) => {
    assert.match(readme, new RegExp(`^\\| \`${label}\` \\|.*\\| ${byLabel[i]} \\|$`, "m"));
  });
  const byPosition = counts(datanet.rows.map(({ position }) => position));
  datanet.contributors.forEach((name, c) => {
    assert.match(readme, new RegExp(`^\\| ${c} \\| \`${name}\` \\|.*\\| ${byPosition[c]} \\|$`, "m"));
  });
  for (const [file, rows] of [
    ["rows", datanet.rows.length],
    ["held-out", shipped.heldOut.length],
    ["requests", requests.length],
  ]) {
    assert.match(readme, new RegExp(`^\\| \`${file}.jsonl\` \\| ${rows} \\|`, "m"));
  }
});
