import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type CsvRecord, csvRecords } from "../../../src/datanet/source/csv.ts";
import type { LineBlock } from "../../../src/datanet/source/lines.ts";

/** The lines of a text in blocks of the given sizes, in turn. */
async function* blocksOf(text: string, sizes: readonly number[]): AsyncGenerator<LineBlock> {
  const lines = text.split("\n");
  for (let at = 0, i = 0; at < lines.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield { first: at + 1, lines: lines.slice(at, at + size) };
    at += size;
  }
}

async function recordsOf(text: string, sizes: readonly number[] = [1000]): Promise<CsvRecord[]> {
  const all: CsvRecord[] = [];
  for await (const records of csvRecords(blocksOf(text, sizes))) all.push(...records);
  return all;
}

const field = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", " ", "a", ";", "é"), maxLength: 8 }),
);

const written = (value: string, quote: boolean): string =>
  quote || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

test("what RFC 4180 writes is read back, with its lines, however the stream is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.tuple(field, field, field), fc.boolean(), fc.constantFrom("\n", "\r\n")), {
        minLength: 1,
      }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      async (records, sizes) => {
        let text = "";
        const expected = records.map(([fields, quote, end]) => {
          const line = text.split("\n").length;
          text += fields.map((value) => written(value, quote)).join(",") + end;
          return { line, fields: [...fields] };
        });
        assert.deepEqual(await recordsOf(text, sizes), expected);
      },
    ),
  );
});

test("blank lines are left out and counted", async () => {
  assert.deepEqual(await recordsOf("a,b\n\n  \r\nc,d"), [
    { line: 1, fields: ["a", "b"] },
    { line: 4, fields: ["c", "d"] },
  ]);
});

for (const [what, text, line] of [
  ["a quote that is never closed", 'a,b\nc,"d\ne,f\n', 2],
  ["text after a closing quote", 'a,b\n\nc,"d" e\n', 3],
] as const) {
  test(`${what} is an error that names the line`, async () => {
    await assert.rejects(recordsOf(text, [1]), (error: { code: string; details: string }) => {
      assert.equal(error.code, "TRB_DATANET_CSV_MALFORMED");
      assert.match(error.details, new RegExp(`^line ${line}:`));
      return true;
    });
  });
}
