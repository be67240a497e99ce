import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { importDataNet } from "../../../src/datanet/import.ts";
import { parseColumns } from "../../../src/datanet/source/columns.ts";
import { MAX_TEXT_LENGTH } from "../../../src/datanet/source/normalise.ts";
import type { ImportOptions } from "../../../src/datanet/types.ts";
import { csvOf, fileOf, scratch, textImport } from "./files.ts";

const GOOD = csvOf([
  ["one", "a", "ann"],
  ["two", "b", "bob"],
]);
const good = (changes: Partial<ImportOptions>): ImportOptions => ({ ...textImport(GOOD), ...changes });

const numeric = (content: string, extension = "csv", features = ["x", "y"]): ImportOptions => ({
  name: "Test",
  file: fileOf(content, extension),
  columns: { features, label: "label" },
  contributors: 1,
});

const folder = scratch("folder");
mkdirSync(folder);

/** What is wrong, the code, the line that the error names (null: none), the import. */
const cases: [string, string, number | null, ImportOptions][] = [
  [
    "no such column",
    "COLUMN_MISSING",
    1,
    good({ columns: { text: "txt", label: "label", contributor: "who" } }),
  ],
  ["an unknown delimiter", "COLUMN_MISSING", 1, textImport("text~label~who\none~a~ann\n")],
  [
    "no such key",
    "COLUMN_MISSING",
    2,
    textImport('{"text":"x","label":"a","who":"ann"}\n{"label":"a"}', "jsonl"),
  ],
  [
    "a key of Object",
    "COLUMN_MISSING",
    1,
    good({ columns: { text: "text", label: "toString", contributor: "who" } }),
  ],
  [
    "a column number past the end",
    "COLUMN_MISSING",
    1,
    good({ columns: { text: "0", label: "7", contributor: "2" } }),
  ],
  ["a column twice in the header", "HEADER_DUPLICATE", 1, textImport("text,label,who,label\none,a,ann,b\n")],
  [
    "an empty text",
    "TEXT_EMPTY",
    3,
    textImport(
      csvOf([
        ["one", "a", "ann"],
        [" \u00a0", "b", "bob"],
      ]),
    ),
  ],
  ["a text too long", "TEXT_TOO_LONG", 2, textImport(csvOf([["x".repeat(MAX_TEXT_LENGTH + 1), "a", "ann"]]))],
  [
    "half a surrogate pair",
    "TEXT_MALFORMED",
    1,
    textImport('{"text":"\\ud800","label":"a","who":"ann"}', "jsonl"),
  ],
  [
    "a text that is a list",
    "TEXT_MALFORMED",
    1,
    textImport('{"text":["a"],"label":"a","who":"ann"}', "jsonl"),
  ],
  ["no label", "LABEL_MISSING", 3, textImport("text,label,who\none,a,ann\ntwo,,bob\n")],
  ["a null label", "LABEL_MISSING", 1, textImport('{"text":"one","label":null,"who":"ann"}', "jsonl")],
  [
    "a label that is an object",
    "NAME_INVALID",
    1,
    textImport('{"text":"one","label":{},"who":"ann"}', "jsonl"),
  ],
  ["several labels", "NAME_INVALID", 1, textImport('{"text":"one","label":["a","b"],"who":"ann"}', "jsonl")],
  [
    "a label beyond float64",
    "NAME_INVALID",
    1,
    textImport('{"text":"one","label":1e400,"who":"ann"}', "jsonl"),
  ],
  ["a label with a line break", "NAME_INVALID", 2, textImport('text,label,who\none,"a\nb",ann\n')],
  ["no contributor", "CONTRIBUTOR_MISSING", 2, textImport("text,label,who\none,a, \n")],
  [
    "one label only",
    "SINGLE_LABEL",
    null,
    textImport(
      csvOf([
        ["one", "a", "ann"],
        ["two", "a", "bob"],
      ]),
    ),
  ],
  ["no rows", "NO_ROWS", null, textImport("text,label,who\n")],
  ["an empty file", "NO_ROWS", null, textImport("")],
  ["a missing field", "FIELD_COUNT", 3, textImport("text,label,who\none,a,ann\ntwo,b\n")],
  ["an unquoted comma", "FIELD_COUNT", 2, textImport("text,label,who\none, or two,a,ann\n")],
  ["an open quote", "CSV_MALFORMED", 2, textImport('text,label,who\n"one,a,ann\n')],
  [
    "Latin-1",
    "BYTES_INVALID",
    3,
    textImport(Buffer.from("text,label,who\none,a,ann\ncaf\xe9,b,bob\n", "latin1")),
  ],
  ["UTF-16 without a mark", "BYTES_INVALID", 1, textImport(Buffer.from("text,label,who\n", "utf16le"))],
  ["a line without an end", "LINE_TOO_LONG", 1, textImport("x".repeat(2 ** 23 + 2 ** 21))],
  ["no file", "FILE_UNREADABLE", null, good({ file: scratch("nowhere.csv") })],
  ["a folder for a file", "FILE_UNREADABLE", null, good({ file: folder })],
  [
    "a line that is not JSON",
    "JSON_MALFORMED",
    2,
    textImport('{"text":"x","label":"a","who":"b"}\n{"text":', "jsonl"),
  ],
  ["a line that is no object", "JSON_MALFORMED", 1, textImport("[1]", "jsonl")],
  ["a word for a number", "NUMBER_INVALID", 3, numeric("x,y,label\n1,2,a\n1,tall,b\n")],
  ["a gap for a number", "NUMBER_INVALID", 2, numeric("x,y,label\n1,,a\n")],
  ["a hexadecimal number", "NUMBER_INVALID", 2, numeric("x,y,label\n1,0x10,a\n")],
  ["a number in quotes in JSON", "NUMBER_INVALID", 1, numeric('{"x":1,"y":"2","label":"a"}', "jsonl")],
  ["NaN", "NUMBER_NOT_FINITE", 2, numeric("x,y,label\nnan,2,a\n")],
  ["infinity", "NUMBER_NOT_FINITE", 2, numeric("x,y,label\n1,-inf,a\n")],
  ["a number past float64", "NUMBER_NOT_FINITE", 1, numeric('{"x":1e999,"y":2,"label":"a"}', "jsonl")],
  [
    "a list with a number too few",
    "FEATURE_COUNT",
    2,
    numeric('{"x":[1,2],"label":"a"}\n{"x":[1],"label":"b"}', "jsonl", ["x"]),
  ],
  ["an empty list of numbers", "FEATURE_COUNT", 1, numeric('{"x":[],"label":"a"}', "jsonl", ["x"])],
  [
    "a damaged first row without a header",
    "NUMBER_INVALID",
    1,
    { ...numeric("1,two,a\n1,2,b\n"), columns: { features: ["0", "1"], label: "2" } },
  ],
  ["nobody named", "CONTRIBUTORS_UNKNOWN", null, good({ columns: { text: "text", label: "label" } })],
  ["named and dealt", "COLUMNS_INVALID", null, good({ contributors: 2 })],
  [
    "text and features",
    "COLUMNS_INVALID",
    null,
    good({ columns: { text: "text", features: ["x"], label: "label", contributor: "who" } }),
  ],
  [
    "neither text nor features",
    "COLUMNS_INVALID",
    null,
    good({ columns: { label: "label", contributor: "who" } }),
  ],
  ["a contributor too many", "POSITIONS_FULL", 3, good({ capacity: 1 })],
  [
    "too many dealt contributors",
    "POSITIONS_FULL",
    null,
    { ...numeric("x,y,label\n1,2,a\n3,4,b\n"), contributors: 2, capacity: 1 },
  ],
  [
    "more contributors than rows",
    "CONTRIBUTORS_INVALID",
    null,
    { ...numeric("x,y,label\n1,2,a\n3,4,b\n"), contributors: 3 },
  ],
  [
    "no contributors",
    "CONTRIBUTORS_INVALID",
    null,
    { ...numeric("x,y,label\n1,2,a\n3,4,b\n"), contributors: 0 },
  ],
  [
    "half a contributor",
    "CONTRIBUTORS_INVALID",
    null,
    { ...numeric("x,y,label\n1,2,a\n3,4,b\n"), contributors: 1.5 },
  ],
  ["a negative seed", "SEED_INVALID", null, good({ seed: -1 })],
  ["no capacity", "CAPACITY_INVALID", null, good({ capacity: 0 })],
  ["an empty name", "NAME_INVALID", null, good({ name: " " })],
  ["a held-out fraction of 1", "HELD_OUT_INVALID", null, good({ heldOut: { fraction: 1 } })],
  [
    "a held-out label that nobody trains",
    "LABEL_UNKNOWN",
    2,
    good({ heldOut: { file: fileOf("text,label\nfour,c\n") } }),
  ],
];

for (const [what, cause, line, options] of cases) {
  test(`${what}: ${cause}`, async () => {
    await assert.rejects(importDataNet(options), (error: { code: string; details?: string }) => {
      assert.equal(error.code, `TRB_DATANET_${cause}`);
      assert.equal(/^line (\d+):/.exec(error.details ?? "")?.[1], line === null ? undefined : String(line));
      return true;
    });
  });
}

test("what all these cases change is otherwise importable", async () => {
  assert.equal((await importDataNet(good({}))).datanet.rows.length, 2);
  assert.equal((await importDataNet(numeric("x,y,label\n1,2,a\n3,4,b\n"))).datanet.rows.length, 2);
});

test("column lists: names, numbers and ranges; anything else is refused", () => {
  assert.deepEqual(parseColumns("0-2, 7,width"), ["0", "1", "2", "7", "width"]);
  for (const list of ["", "a,,b", "3-1", "0-2,1", "0-99999999"]) {
    assert.throws(() => parseColumns(list), { code: "TRB_DATANET_COLUMNS_INVALID" }, list);
  }
});
