import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { importDataNet } from "../../../src/datanet/import.ts";
import { arrayElements } from "../../../src/datanet/source/json-array.ts";
import type { Dialect } from "../../../src/datanet/types.ts";
import { fileOf, textImport } from "./files.ts";

const ROWS = [
  { text: "café, bitte", label: "ä", who: "ann" },
  { text: 'say "hi"', label: "b", who: "bob" },
  { text: "two words", label: "ä", who: "zoë" },
];

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
const separated = (delimiter: string, end = "\n"): string =>
  [Object.keys(ROWS[0]!), ...ROWS.map((row) => Object.values(row).map(quoted))]
    .map((fields) => fields.join(delimiter) + end)
    .join("");

const rootOf = async (
  content: string | Uint8Array,
  extension: string,
  dialect: Dialect = {},
): Promise<string> => (await importDataNet({ ...textImport(content, extension), dialect })).datanet.root;

const expected = rootOf(separated(","), "csv");
const lines = ROWS.map((row) => JSON.stringify(row)).join("\n");
const array = JSON.stringify(ROWS);

const same: readonly [string, string | Uint8Array, string, Dialect?][] = [
  ["a JSON array on one line", array, "json"],
  ["a JSON array over many lines", JSON.stringify(ROWS, null, 2), "json"],
  ["a JSON array by a name that says nothing", `\ufeff \n${array}\n`, "data"],
  ["a JSON array by the name of JSON lines", array, "jsonl"],
  ["JSON lines by the name .json, as Hugging Face exports them", lines, "json"],
  ["JSON lines by a name that says nothing", lines, "txt"],
  ["JSON lines that end in carriage returns", lines.replaceAll("\n", "\r"), "jsonl"],
  ["tabs, by the name", separated("\t"), "tsv"],
  ["tabs, by the first line", separated("\t"), "data"],
  ["tabs, under the name of CSV", separated("\t"), "csv"],
  ["semicolons", separated(";"), "csv"],
  ["bars", separated("|"), "txt"],
  ["another delimiter", separated("~"), "csv", { delimiter: "~" }],
  ["carriage returns alone", separated(",", "\r"), "csv"],
  ["CRLF", separated(",", "\r\n"), "csv"],
  ["Latin-1", Buffer.from(separated(","), "latin1"), "csv", { encoding: "latin1" }],
  ["UTF-16 with a mark", Buffer.from(`\ufeff${separated(",")}`, "utf16le"), "csv"],
  ["UTF-16, big-endian, with a mark", Buffer.from(`\ufeff${separated(",")}`, "utf16le").swap16(), "csv"],
  ["UTF-16 without a mark", Buffer.from(separated("\t"), "utf16le"), "tsv", { encoding: "utf-16le" }],
  ["gzip", gzipSync(separated(",")), "csv.gz"],
  ["gzip, without its name", gzipSync(array), "data"],
];

for (const [what, content, extension, dialect] of same) {
  test(`read alike: ${what}`, async () => {
    assert.equal(await rootOf(content, extension, dialect), await expected);
  });
}

test("without quotes a quote is a character, and a record is a line", async () => {
  const content = 'text\tlabel\twho\n"open, and never closed\ta\tann\n5" pipe\tb\tbob\n';
  const { datanet } = await importDataNet({ ...textImport(content, "tsv"), dialect: { quotes: false } });
  assert.deepEqual(
    datanet.rows.map(({ features }) => features),
    ['"open, and never closed', '5" pipe'],
  );
});

test("a text with commas and no header: tabs come before commas, unless the name says CSV", async () => {
  const content = "well, hello\tgreeting\nso, bye\tfarewell\n";
  const options = { name: "Test", columns: { text: "0", label: "1" }, contributors: 1 };
  const { datanet } = await importDataNet({ ...options, file: fileOf(content, "txt") });
  assert.deepEqual(datanet.labels, ["farewell", "greeting"]);
});

const beginning = (hex: string): Uint8Array => Buffer.concat([Buffer.from(hex, "hex"), Buffer.alloc(64, 1)]);

const refused: readonly [string, string, string | Uint8Array, string, Dialect?][] = [
  ["one JSON object over several lines", "ROWS_INVALID", JSON.stringify({ data: ROWS }, null, 1), "json"],
  ["columns instead of rows (pandas)", "COLUMN_MISSING", JSON.stringify({ "0": { text: "a" } }), "json"],
  ["an array of arrays", "ROWS_INVALID", '[["a","b"],["c","d"]]', "json"],
  ["an array that ends too early", "JSON_MALFORMED", array.slice(0, -1), "json"],
  ["text after an array", "JSON_MALFORMED", `${array} x`, "json"],
  ["two arrays", "JSON_MALFORMED", array + array, "json"],
  ["a comma too many", "JSON_MALFORMED", `${array.slice(0, -1)},]`, "json"],
  ["an element that is not JSON", "JSON_MALFORMED", '[{"text":"a","label":"b","who":"c"},{"text":]', "json"],
  ["Latin-1 that nobody names", "BYTES_INVALID", Buffer.from(separated(","), "latin1"), "csv"],
  ["UTF-16 without a mark that nobody names", "BYTES_INVALID", Buffer.from(separated(","), "utf16le"), "csv"],
  ["zero bytes", "BYTES_INVALID", new Uint8Array(4096), "csv"],
  [
    "bytes that the encoding has not",
    "BYTES_INVALID",
    Buffer.from(separated(",")),
    "csv",
    { encoding: "ascii16" },
  ],
  ["an Excel workbook", "FORMAT_UNSUPPORTED", beginning("504b030414000600"), "xlsx"],
  ["Arrow", "FORMAT_UNSUPPORTED", beginning("4152524f5731"), "arrow"],
  ["a pickle", "FORMAT_UNSUPPORTED", beginning("8004"), "pkl"],
  ["SQLite", "FORMAT_UNSUPPORTED", beginning("53514c69746520666f726d6174203300"), "db"],
  ["half of a gzip", "BYTES_INVALID", gzipSync(separated(",").repeat(9)).subarray(0, 60), "csv.gz"],
  ["no Parquet behind its mark", "PARQUET_MALFORMED", Buffer.from("PAR1 and then nothing"), "parquet"],
];

for (const [what, cause, content, extension, dialect] of refused) {
  const code = dialect?.encoding === "ascii16" ? "TRB_DATANET_ENCODING_UNKNOWN" : `TRB_DATANET_${cause}`;
  test(`${what}: ${code.slice("TRB_DATANET_".length)}`, async () => {
    await assert.rejects(importDataNet({ ...textImport(content, extension), dialect: dialect ?? {} }), {
      code,
    });
  });
}

test("a quote that nobody closes ends the import before the file is in memory", async () => {
  const content = `text,label,who\n"${"a row,b,c\n".repeat(1_000_000)}`;
  await assert.rejects(importDataNet(textImport(content)), {
    code: "TRB_DATANET_CSV_MALFORMED",
    details: "line 2: a quote is not closed",
  });
});

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<string> {
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield text.slice(at, at + size);
    at += size;
  }
}

test("an array's elements come out whole, with their lines, however the stream is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue({ stringUnit: fc.constantFrom('"', "\\", "[", "]", "{", "}", ",", "a", "é") })),
      fc.constantFrom(undefined, 1),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
      async (values, indent, sizes) => {
        const text = `\n ${JSON.stringify(values, null, indent)} \n`;
        const elements = [];
        for await (const batch of arrayElements(cut(text, sizes))) elements.push(...batch);
        assert.deepEqual(
          elements.map((element) => JSON.parse(element.text)),
          JSON.parse(JSON.stringify(values)),
        );
        const rows = text.split("\n");
        for (const { line, text: element } of elements) {
          assert.ok(rows[line - 1]!.includes(element.split("\n")[0]!), `line ${line}`);
        }
      },
    ),
  );
});
