import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { appendVersion } from "../../../src/datanet/append.ts";
import { importDataNet } from "../../../src/datanet/import.ts";
import { readDataNet, readDataNetTable, readHeldOut, writeDataNet } from "../../../src/datanet/store.ts";
import { csvOf, fileOf, scratch, TEXT_COLUMNS, textImport } from "./files.ts";

const CONTENT = csvOf([
  ["one", "a", "ann"],
  ["two\n“lines”", "b", "bob"],
  ["three", "a", "ann"],
]);
const HELD_OUT = "text,label\nfour,b\n";

const imported = () => importDataNet({ ...textImport(CONTENT), heldOut: { file: fileOf(HELD_OUT) } });

async function stored(): Promise<string> {
  const folder = scratch("datanet");
  const { datanet, heldOut } = await imported();
  writeDataNet(folder, datanet, heldOut);
  return folder;
}

/** Changes a file of the folder and gives the manifest its new digest, as somebody with the disk could. */
function edit(folder: string, file: string, change: (text: string) => string): void {
  const text = change(readFileSync(join(folder, file), "utf8"));
  writeFileSync(join(folder, file), text);
  if (file === "manifest.json") return;
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const sha256 = createHash("sha256").update(text).digest("hex");
  manifest.files[file] = { bytes: Buffer.byteLength(text), sha256: `0x${sha256}` };
  writeFileSync(path, JSON.stringify(manifest));
}

test("what is written is read back, held-out rows too", async () => {
  const folder = await stored();
  const { datanet, heldOut } = await imported();
  const back = readDataNet(folder);
  assert.deepEqual(back.rows, datanet.rows);
  assert.deepEqual(
    [back.root, back.labels, back.contributors],
    [datanet.root, datanet.labels, datanet.contributors],
  );
  assert.deepEqual(readHeldOut(folder), heldOut);
  assert.deepEqual(readdirSync(folder).sort(), ["held-out.jsonl", "manifest.json", "rows.jsonl"]);
});

test("rows in columns are the rows, across the parts that a file is read in, and are held against the root as well", async () => {
  // Two bytes a letter: parts of four megabytes end inside of letters and of lines.
  const texts = Array.from({ length: 700 }, (_, i) => [
    `${i} ${"ß".repeat(8_000 + i)}`,
    i % 3 ? "a" : "b",
    `c${i % 5}`,
  ]);
  const { datanet } = await importDataNet(textImport(csvOf(texts as [string, string, string][])));
  const folder = scratch("datanet");
  writeDataNet(folder, datanet);
  assert.deepEqual(readDataNet(folder), datanet);
  const { table, ...rest } = readDataNetTable(folder);
  const { rows, ...body } = datanet;
  assert.deepEqual(rest, body);
  assert.deepEqual(table, {
    features: rows.map(({ features }) => features),
    labels: Uint32Array.from(rows, ({ label }) => label),
    positions: Uint32Array.from(rows, ({ position }) => position),
  });
  edit(folder, "rows.jsonl", (text) => text.replace("ß", "s"));
  assert.throws(() => readDataNetTable(folder), { code: "TRB_DATANET_ROOT_MISMATCH" });
});

test("numbers survive bit for bit", async () => {
  const numbers = fc.array(
    fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 2 }),
    { minLength: 4, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(numbers, async (list) => {
      const lines = list.map((v, i) => JSON.stringify({ v: [i, ...v], y: i % 2 })).join("\n");
      const columns = { features: ["v"], label: "y" };
      const { datanet } = await importDataNet({
        name: "n",
        file: fileOf(lines, "jsonl"),
        columns,
        contributors: 2,
      });
      const folder = scratch("datanet");
      writeDataNet(folder, datanet);
      assert.deepEqual(readDataNet(folder), datanet);
      const { features } = readDataNetTable(folder).table;
      const values = Float64Array.from(datanet.rows.flatMap((row) => [...(row.features as Float64Array)]));
      assert.deepEqual(features, { values, width: 3 });
    }),
    { numRuns: 10 },
  );
});

test("a newer version replaces the folder and keeps the held-out rows; an older or another one is refused", async () => {
  const folder = await stored();
  const before = readDataNet(folder);
  const file = fileOf(csvOf([["five", "b", "cid"]]));
  const { datanet } = await appendVersion(before, { file, columns: TEXT_COLUMNS });
  writeDataNet(folder, datanet);
  assert.deepEqual(readDataNet(folder), datanet);
  assert.equal(readHeldOut(folder).length, 1);
  const other = (
    await importDataNet(
      textImport(
        csvOf([
          ["x", "a", "ann"],
          ["y", "b", "ann"],
        ]),
      ),
    )
  ).datanet;
  for (const refused of [before, other]) {
    assert.throws(() => writeDataNet(folder, refused), { code: "TRB_DATANET_FOLDER_TAKEN" });
  }
  assert.deepEqual(readDataNet(folder), datanet);
});

test("rows.jsonl can be imported by itself, to the same root", async () => {
  const folder = await stored();
  const columns = { text: "text", label: "label", contributor: "contributor" };
  const again = await importDataNet({ name: "Again", file: join(folder, "rows.jsonl"), columns });
  assert.equal(again.datanet.root, readDataNet(folder).root);
});

const edits: [string, string, string, (text: string) => string][] = [
  ["a row changed", "ROOT_MISMATCH", "rows.jsonl", (text) => text.replace("three", "four")],
  ["a row given to another", "ROOT_MISMATCH", "rows.jsonl", (text) => text.replace('"ann"', '"bob"')],
  [
    "two rows exchanged",
    "ROOT_MISMATCH",
    "rows.jsonl",
    (text) => text.split("\n").slice(0, 3).reverse().join("\n").concat("\n"),
  ],
  ["a row left out", "ROOT_MISMATCH", "rows.jsonl", (text) => text.slice(text.indexOf("\n") + 1)],
  ["an unknown contributor", "FILE_MALFORMED", "rows.jsonl", (text) => text.replace('"ann"', '"eve"')],
  ["an unknown label", "FILE_MALFORMED", "held-out.jsonl", (text) => text.replace('"b"', '"c"')],
  ["a line cut short", "FILE_MALFORMED", "rows.jsonl", (text) => text.replace("}\n", "\n")],
  ["a row with a surplus key", "FILE_MALFORMED", "rows.jsonl", (text) => text.replace("{", '{"pay":1,')],
  [
    "numbers in a text DataNet",
    "FILE_MALFORMED",
    "rows.jsonl",
    (text) => text.replace('"text":"one"', '"features":[1]'),
  ],
  [
    "contributors renumbered",
    "ROOT_MISMATCH",
    "manifest.json",
    (text) => text.replace(/"ann",\s*"bob"/, '"bob","ann"'),
  ],
  ["a contributor added", "ROOT_MISMATCH", "manifest.json", (text) => text.replace('"bob"', '"bob","eve"')],
  [
    "a root changed",
    "ROOT_MISMATCH",
    "manifest.json",
    (text) => text.replace(/"root": "0x../, '"root": "0xzz').replace("zz", "00"),
  ],
  [
    "a parent for the first version",
    "ROOT_MISMATCH",
    "manifest.json",
    (text) => text.replace('"parent": null', `"parent": "0x${"00".repeat(32)}"`),
  ],
  [
    "a row of a later version",
    "ROOT_MISMATCH",
    "rows.jsonl",
    (text) => text.replace('"version":1', '"version":2'),
  ],
  ["a manifest cut short", "FILE_MALFORMED", "manifest.json", (text) => text.slice(0, 50)],
  [
    "a surplus key in the manifest",
    "FILE_MALFORMED",
    "manifest.json",
    (text) => text.replace('"kind"', '"admin":1,"kind"'),
  ],
];

for (const [what, cause, file, change] of edits) {
  test(`${what}: ${cause}`, async () => {
    const folder = await stored();
    edit(folder, file, change);
    assert.throws(() => (file === "held-out.jsonl" ? readHeldOut(folder) : readDataNet(folder)), {
      code: `TRB_DATANET_${cause}`,
    });
  });
}

test("a file that is not the manifest's: FILE_DIGEST; no manifest: FILE_MISSING", async () => {
  const folder = await stored();
  writeFileSync(join(folder, "rows.jsonl"), "");
  assert.throws(() => readDataNet(folder), { code: "TRB_DATANET_FILE_DIGEST" });
  rmSync(join(folder, "manifest.json"));
  assert.throws(() => readDataNet(folder), { code: "TRB_DATANET_FILE_MISSING" });
});
