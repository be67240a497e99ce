import assert from "node:assert/strict";
import { test } from "node:test";
import { appendVersion } from "../../../src/datanet/append.ts";
import { importDataNet } from "../../../src/datanet/import.ts";
import { rowsRoot } from "../../../src/datanet/rows.ts";
import type { Columns, DataNet, ImportOptions } from "../../../src/datanet/types.ts";
import { csvOf, fileOf, TEXT_COLUMNS, textImport } from "./files.ts";

const FIRST = csvOf([
  ["one", "a", "ann"],
  ["two", "b", "bob"],
]);

const first = async (changes: Partial<ImportOptions> = {}): Promise<DataNet> =>
  (await importDataNet({ ...textImport(FIRST), ...changes })).datanet;

const append = (datanet: DataNet, content: string, columns: Columns = TEXT_COLUMNS) =>
  appendVersion(datanet, { file: fileOf(content), columns });

test("a version adds rows and contributors after those that are there", async () => {
  const before = await first();
  const content = csvOf([
    ["three", "b", "cid"],
    ["one", "a", "cid"],
    ["four", "a", "ann"],
  ]);
  const { datanet, refusals } = await append(before, content);
  assert.deepEqual(datanet.contributors, ["ann", "bob", "cid"]);
  assert.deepEqual(datanet.rows.slice(0, 2), before.rows);
  assert.deepEqual(
    datanet.rows.slice(2).map(({ features, position, line, version }) => [features, position, line, version]),
    [
      ["three", 2, 2, 2],
      ["four", 0, 4, 2],
    ],
  );
  assert.deepEqual(refusals, [
    {
      reason: "duplicate",
      line: 3,
      contributor: "cid",
      first: { line: 2, version: 1, contributor: "ann" },
    },
  ]);
  const [v1, v2] = datanet.versions;
  assert.deepEqual(v1, before.versions[0]);
  assert.deepEqual([v2!.number, v2!.rows, v2!.contributors, v2!.parent], [2, 4, 3, before.root]);
  assert.deepEqual([v2!.root, datanet.version], [datanet.root, 2]);
  assert.equal(rowsRoot(datanet.rows), datanet.root);
});

test("a DataNet that was dealt deals its new rows to the same contributors, each version otherwise", async () => {
  const rows = (from: number) =>
    `text,label\n${Array.from({ length: 60 }, (_, i) => `row ${from + i},l${i % 3}`).join("\n")}\n`;
  const columns = { text: "text", label: "label" };
  const options = { name: "Test", columns, contributors: 5, seed: 3 };
  const { datanet: v1 } = await importDataNet({ ...options, file: fileOf(rows(0)) });
  const { datanet: v2 } = await append(v1, rows(100), columns);
  const owners = v2.rows.map(({ position }) => position);
  assert.deepEqual(v2.contributors, v1.contributors);
  assert.notDeepEqual(owners.slice(60), owners.slice(0, 60));
  assert.deepEqual((await append(v1, rows(100), columns)).datanet.root, v2.root);
});

test("a held-out row cannot come back as a training row", async () => {
  const options = { ...textImport(FIRST), heldOut: { file: fileOf("text,label\nthree,a\n") } };
  const { datanet, heldOut } = await importDataNet(options);
  const content = csvOf([
    ["three", "a", "ann"],
    ["four", "a", "ann"],
  ]);
  const { refusals } = await appendVersion(
    datanet,
    { file: fileOf(content), columns: TEXT_COLUMNS },
    heldOut,
  );
  assert.deepEqual(
    refusals.map(({ reason, line }) => [reason, line]),
    [["held-out", 2]],
  );
});

const cases: [string, string, Partial<ImportOptions>, string, Columns][] = [
  ["only copies", "NO_NEW_ROWS", {}, FIRST, TEXT_COLUMNS],
  ["no rows", "NO_NEW_ROWS", {}, "text,label,who\n", TEXT_COLUMNS],
  ["a new label", "LABEL_UNKNOWN", {}, csvOf([["three", "c", "ann"]]), TEXT_COLUMNS],
  [
    "a contributor past the capacity",
    "POSITIONS_FULL",
    { capacity: 2 },
    csvOf([["three", "a", "cid"]]),
    TEXT_COLUMNS,
  ],
  ["numbers for text", "COLUMNS_INVALID", {}, "x,label\n1,a\n", { features: ["x"], label: "label" }],
  ["nobody named", "CONTRIBUTORS_UNKNOWN", {}, "text,label\nthree,a\n", { text: "text", label: "label" }],
];

for (const [what, cause, changes, content, columns] of cases) {
  test(`appending ${what}: ${cause}`, async () => {
    const datanet = await first(changes);
    await assert.rejects(append(datanet, content, columns), { code: `TRB_DATANET_${cause}` });
  });
}

test("appending another number of features: FEATURE_COUNT", async () => {
  const columns = { features: ["v"], label: "y" };
  const file = fileOf('{"v":[1,2],"y":"a"}\n{"v":[3,4],"y":"b"}\n', "jsonl");
  const { datanet } = await importDataNet({ name: "Test", file, columns, contributors: 2 });
  const wrong = fileOf('{"v":[1,2,3],"y":"a"}\n', "jsonl");
  await assert.rejects(appendVersion(datanet, { file: wrong, columns }), {
    code: "TRB_DATANET_FEATURE_COUNT",
  });
});
