import assert from "node:assert/strict";
import { test } from "node:test";
import { appendVersion } from "../../../src/datanet/append.ts";
import { importDataNet } from "../../../src/datanet/import.ts";
import type { BadRow, ImportOptions } from "../../../src/datanet/types.ts";
import { csvOf, fileOf, TEXT_COLUMNS, textImport } from "./files.ts";

const GOOD = [
  ["one", "a", "ann"],
  ["two", "b", "bob"],
] as const;

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details: string;
}

async function failureOf(options: ImportOptions): Promise<Failure> {
  try {
    await importDataNet(options);
  } catch (error) {
    return error as Failure;
  }
  assert.fail("nothing was refused");
}

test("the first hundred bad rows are listed with their lines and causes, and all of them counted", async () => {
  const rows = Array.from({ length: 150 }, (_, i) => [`text ${i}`, i % 2 === 0 ? "" : "x", "ann"] as const);
  const { code, message, details } = await failureOf(textImport(csvOf([...GOOD, ...rows, ["", "a", "ann"]])));
  assert.equal(code, "TRB_DATANET_ROWS_INVALID");
  assert.match(message, /^76 rows/);
  const lines = details.split("\n");
  assert.equal(lines.length, 76);
  assert.match(lines[0]!, /^line 4: .*\(LABEL_MISSING\)$/);
  assert.match(lines[75]!, /^line 154: .*\(TEXT_EMPTY\)$/);

  const many = Array.from({ length: 130 }, (_, i) => [`text ${i}`, "", "ann"] as const);
  const listed = (await failureOf(textImport(csvOf(many)))).details.split("\n");
  assert.deepEqual([listed.length, listed[100]], [101, "and 30 more"]);
});

test("one bad row is its own error", async () => {
  const failure = await failureOf(textImport(csvOf([...GOOD, ["three", "", "ann"]])));
  assert.equal(failure.code, "TRB_DATANET_LABEL_MISSING");
});

test("bad rows of every format are handed over as they stand, and the others are taken", async () => {
  const cases: [string, string, string | readonly string[]][] = [
    [csvOf([...GOOD, ["three", "", "ann"]]), "csv", ["three", "", "ann"]],
    [
      '{"text":"one","label":"a","who":"ann"}\n{"text":"two","label":"b","who":"bob"}\n{"text":',
      "jsonl",
      '{"text":',
    ],
    [
      '[{"text":"one","label":"a","who":"ann"},\n{"text":"two","label":"b","who":"bob"},\n{"text":3}]',
      "json",
      '{"text":3}',
    ],
  ];
  const roots = await Promise.all(
    cases.map(async ([content, extension, row]) => {
      const bad: BadRow[] = [];
      const options = textImport(content, extension);
      const { datanet } = await importDataNet({ ...options, onBadRow: (one) => bad.push(one) });
      assert.deepEqual(
        bad.map(({ file, row: raw }) => [file, raw]),
        [[options.file, row]],
      );
      assert.equal(bad[0]!.line, extension === "csv" ? 4 : 3);
      return datanet.root;
    }),
  );
  assert.equal(new Set(roots).size, 1);
});

test("a column that no row has ends the import, whoever takes bad rows", async () => {
  const options = { ...textImport('{"text":"one"}\n{"text":"two"}', "jsonl"), onBadRow: () => {} };
  await assert.rejects(importDataNet(options), { code: "TRB_DATANET_COLUMN_MISSING" });
});

test("a label that the first version has not is a bad row of a held-out file and of a later version", async () => {
  const bad: BadRow[] = [];
  const onBadRow = (row: BadRow) => bad.push(row);
  const file = fileOf("text,label\nthree,a\nfour,c\n");
  const { datanet, heldOut } = await importDataNet({
    ...textImport(csvOf(GOOD)),
    heldOut: { file },
    onBadRow,
  });
  assert.equal(heldOut.length, 1);
  const more = fileOf(
    csvOf([
      ["five", "c", "ann"],
      ["six", "b", "cid"],
    ]),
  );
  const next = await appendVersion(datanet, { file: more, columns: TEXT_COLUMNS, onBadRow }, heldOut);
  assert.deepEqual(next.datanet.contributors, ["ann", "bob", "cid"]);
  assert.deepEqual(
    bad.map(({ line, code }) => [line, code]),
    [
      [3, "TRB_DATANET_LABEL_UNKNOWN"],
      [2, "TRB_DATANET_LABEL_UNKNOWN"],
    ],
  );
});

test("a hold-out of no row is refused at import", async () => {
  const refused = { code: "TRB_DATANET_HELD_OUT_EMPTY" };
  await assert.rejects(importDataNet({ ...textImport(csvOf(GOOD)), heldOut: { fraction: 0.4 } }), refused);
  const file = fileOf("text,label\none,a\n");
  await assert.rejects(importDataNet({ ...textImport(csvOf(GOOD)), heldOut: { file } }), refused);
});

const labelled = (label: (i: number) => string, rows = 200): ImportOptions =>
  textImport(csvOf(Array.from({ length: rows }, (_, i) => [`text ${i}`, label(i), `c${i % 3}`])));

test("measurements and labels of every row's own are refused at import; classes are not", async () => {
  const continuous = { code: "TRB_DATANET_LABELS_CONTINUOUS" };
  await assert.rejects(importDataNet(labelled((i) => String(i * 1.37))), continuous);
  await assert.rejects(importDataNet(labelled((i) => String(1_700_000_000 + i))), continuous);
  await assert.rejects(importDataNet(labelled((i) => ((i % 50) / 8).toFixed(3))), continuous);
  await assert.rejects(importDataNet(labelled((i) => `comment ${i}`)), {
    code: "TRB_DATANET_LABELS_DISTINCT",
  });
  await importDataNet(labelled((i) => String((i % 10) / 2)));
  await importDataNet(labelled((i) => String(i % 77)));
  await importDataNet(labelled((i) => `intent ${i % 77}`));
  await importDataNet(labelled((i) => `own ${i}`, 30));
});
