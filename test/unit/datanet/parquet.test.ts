import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { importDataNet } from "../../../src/datanet/import.ts";
import type { BadRow, Columns, ImportOptions } from "../../../src/datanet/types.ts";
import { fileOf } from "./files.ts";

// Made by pyarrow and by Hugging Face's datasets: test/vectors/parquet/make.py.
const vector = (name: string): string =>
  fileURLToPath(new URL(`../../vectors/parquet/${name}.parquet`, import.meta.url));

const from = (name: string, columns: Columns): ImportOptions => ({
  name: "Test",
  file: vector(name),
  columns,
  ...(columns.contributor === undefined ? { contributors: 2 } : {}),
});

test("the hub's form: classes by their names, all digits of an int64, rows of all row groups", async () => {
  const { datanet } = await importDataNet(from("hub", { text: "text", label: "label", contributor: "who" }));
  assert.deepEqual(datanet.labels, ["fault", "time"]);
  assert.deepEqual(
    datanet.contributors,
    [0n, 1n, 2n].map((i) => String(1234567890123456780n + i)),
  );
  assert.deepEqual(
    datanet.rows.map(({ features, label, line }) => [features, label, line]),
    Array.from({ length: 12 }, (_, i) => [
      i % 2 === 0 ? `lamp ${i} is broken` : `when does boat ${i} leave`,
      i % 2,
      i + 1,
    ]),
  );
});

test("numbers of every type and compression, lists of them, a truth value, and a column named __proto__", async () => {
  const features = ["double", "float", "half", "int8", "uint64", "decimal", "list"];
  const { datanet } = await importDataNet(
    from("numbers", { features, label: "truth", contributor: "__proto__" }),
  );
  assert.deepEqual(datanet.labels, ["false", "true"]);
  assert.deepEqual(datanet.contributors, ["p0", "p1", "p2"]);
  assert.deepEqual(
    datanet.rows.map((row) => row.features),
    Array.from({ length: 12 }, (_, i) =>
      Float64Array.of(i / 3, i / 4, i / 8, i - 6, Number(2n ** 64n - 1n - BigInt(i)), i, i, i / 2),
    ),
  );
});

test("a dictionary of strings as labels, unsigned 64 bits as names, a column by its place", async () => {
  const { datanet } = await importDataNet(
    from("numbers", { features: ["0"], label: "category", contributor: "uint64" }),
  );
  assert.deepEqual(datanet.labels, ["even", "odd"]);
  assert.equal(datanet.contributors[11], String(2n ** 64n - 12n));
});

test("a class of −1 is no label; such rows are passed over where somebody takes them", async () => {
  const options = from("unlabelled", { text: "text", label: "label" });
  await assert.rejects(importDataNet(options), { code: "TRB_DATANET_ROWS_INVALID" });
  const bad: BadRow[] = [];
  const { datanet } = await importDataNet({ ...options, onBadRow: (row) => bad.push(row) });
  assert.equal(datanet.rows.length, 8);
  assert.deepEqual(
    bad.map(({ line, code, row }) => [line, code, row]),
    [3, 6, 9, 12].map((line) => [line, "TRB_DATANET_LABEL_MISSING", null]),
  );
});

const refused: readonly [string, string, ImportOptions][] = [
  ["an image", "COLUMN_UNSUPPORTED", from("image", { features: ["image"], label: "label" })],
  ["bytes as features", "COLUMN_UNSUPPORTED", from("odd", { features: ["bytes"], label: "label" })],
  ["bytes as a text", "COLUMN_UNSUPPORTED", from("odd", { text: "bytes", label: "label" })],
  ["times", "COLUMN_UNSUPPORTED", from("odd", { features: ["time"], label: "label" })],
  ["a structure", "COLUMN_UNSUPPORTED", from("odd", { features: ["struct"], label: "label" })],
  ["text as features", "COLUMN_UNSUPPORTED", from("hub", { features: ["text"], label: "label" })],
  ["numbers as a text", "COLUMN_UNSUPPORTED", from("hub", { text: "who", label: "label" })],
  [
    "decimals as names, which would lose digits",
    "COLUMN_UNSUPPORTED",
    from("numbers", { features: ["float"], label: "truth", contributor: "decimal" }),
  ],
  ["a column that is not there", "COLUMN_MISSING", from("hub", { text: "txt", label: "label" })],
  ["a gap and a NaN", "ROWS_INVALID", from("odd", { features: ["gap"], label: "label" })],
  ["strings that are not UTF-8", "PARQUET_MALFORMED", from("odd", { text: "broken", label: "label" })],
];

for (const [what, cause, options] of refused) {
  test(`${what}: ${cause}`, async () => {
    await assert.rejects(importDataNet(options), { code: `TRB_DATANET_${cause}` });
  });
}

test("a file that was cut short or changed anywhere is refused, or gives rows: nothing else is thrown", async () => {
  const whole = readFileSync(vector("hub"));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, shorten) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      const file = fileOf(
        shorten ? Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]) : bytes,
        "parquet",
      );
      try {
        const columns = { text: "text", label: "label", contributor: "who" };
        await importDataNet({ name: "Test", file, columns, capacity: 16 });
      } catch (error) {
        assert.match((error as { code?: string }).code ?? String(error), /^TRB_DATANET_/);
      }
    }),
    { numRuns: 300 },
  );
});

test("a page that says it has two thousand million values is refused before there is room made for them", async () => {
  const bytes = readFileSync(vector("hub"));
  // The header of the first page of data of the column label: a page of 11 bytes with 5 values (zigzag 22 and 10).
  const header = Buffer.from("1500151215162c150a", "hex");
  const at = bytes.indexOf(header);
  // 2^31 − 1 takes four bytes more, which are taken from what the page holds.
  const many = Buffer.from("15001512150e2c15feffffff0f", "hex");
  const rest = bytes.subarray(at + header.length);
  const payload = rest.length - 4;
  const file = fileOf(
    Buffer.concat([bytes.subarray(0, at), many, rest.subarray(rest.length - payload)]),
    "parquet",
  );
  const columns = { text: "text", label: "label", contributor: "who" };
  await assert.rejects(importDataNet({ name: "Test", file, columns }), {
    code: "TRB_DATANET_PARQUET_MALFORMED",
    details: `${file}: a page of label says 2147483647 values, 9 bytes`,
  });
});
