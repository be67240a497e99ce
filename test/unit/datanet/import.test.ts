import assert from "node:assert/strict";
import { test } from "node:test";
import { importDataNet } from "../../../src/datanet/import.ts";
import { rowsRoot } from "../../../src/datanet/rows.ts";
import { csvOf, fileOf, TEXT_COLUMNS, textImport } from "./files.ts";

const featuresOf = async (options: Parameters<typeof importDataNet>[0]) =>
  (await importDataNet(options)).datanet.rows.map(({ features }) => features);

test("text rows: labels sorted, positions in the order of joining, lines of the file", async () => {
  const content = csvOf([
    ["When?", "time", "zoe"],
    ["How much?", "fare", "ann"],
    ["two\nlines, and a comma", "time", "zoe"],
    ['Say "hi"', "fare", "bob"],
  ]);
  const { datanet, refusals, heldOut } = await importDataNet({ ...textImport(content), capacity: 16 });
  assert.deepEqual(datanet.labels, ["fare", "time"]);
  assert.deepEqual(datanet.contributors, ["zoe", "ann", "bob"]);
  assert.deepEqual(
    datanet.rows.map(({ features, label, position, line, version }) => [
      features,
      label,
      position,
      line,
      version,
    ]),
    [
      ["When?", 1, 0, 2, 1],
      ["How much?", 0, 1, 3, 1],
      ["two\nlines, and a comma", 1, 0, 4, 1],
      ['Say "hi"', 0, 2, 6, 1],
    ],
  );
  assert.deepEqual([refusals, heldOut, datanet.dimension, datanet.dealing], [[], [], null, null]);
  assert.deepEqual([datanet.kind, datanet.capacity, datanet.version], ["text", 16, 1]);
  const [version] = datanet.versions;
  assert.equal(version!.root, rowsRoot(datanet.rows));
  assert.deepEqual([version!.rows, version!.contributors, version!.parent], [4, 3, null]);
});

test("CSV with a byte order mark, CRLF or no last line end, and JSON lines give one root", async () => {
  const rows = [
    ["one", "a", "ann"],
    ["zwei, bitte", "b", "bob"],
  ] as const;
  const csv = csvOf(rows);
  const jsonl = rows.map(([text, label, who]) => JSON.stringify({ who, label, text, more: 1 })).join("\r\n");
  const contents = [csv, `\ufeff${csv}`, csv.replaceAll("\n", "\r\n"), csv.trimEnd()];
  const roots = await Promise.all([
    ...contents.map(async (content) => (await importDataNet(textImport(content))).datanet.root),
    importDataNet(textImport(jsonl, "jsonl")).then(({ datanet }) => datanet.root),
    importDataNet({ ...textImport(`\ufeff${jsonl}`, "data"), format: "jsonl" }).then(
      ({ datanet }) => datanet.root,
    ),
  ]);
  assert.deepEqual(new Set(roots), new Set([roots[0]]));
});

test("numbers: by name, by range, from JSON keys and arrays; −0 is 0", async () => {
  const expected = [Float64Array.of(0, 1.5), Float64Array.of(-2e-3, 7)];
  const columns = { features: ["x", "y"], label: "label" };
  const base = { name: "Test", contributors: 1 };
  const csv = "label,x,y\na,-0,1.5\nb,-2e-3, 7\n";
  const objects = '{"label":"a","x":-0.0,"y":1.5}\n{"label":"b","x":-0.002,"y":7}';
  const arrays = '{"label":1,"v":[-0.0,1.5]}\n{"label":2,"v":[-0.002,7]}';
  assert.deepEqual(await featuresOf({ ...base, file: fileOf(csv), columns }), expected);
  assert.deepEqual(await featuresOf({ ...base, file: fileOf(objects, "jsonl"), columns }), expected);
  assert.deepEqual(
    await featuresOf({
      ...base,
      file: fileOf(arrays, "jsonl"),
      columns: { features: ["v"], label: "label" },
    }),
    expected,
  );
  const numbered = { features: ["1", "2"], label: "0" };
  for (const content of [csv, csv.replace("label,x,y\n", "")]) {
    assert.deepEqual(await featuresOf({ ...base, file: fileOf(content), columns: numbered }), expected);
  }
});

test("a text file without a header, by column numbers", async () => {
  const options = textImport("one,a,ann\ntwo,b,bob\n");
  const columns = { text: "0", label: "1", contributor: "2" };
  assert.deepEqual(await featuresOf({ ...options, columns }), ["one", "two"]);
  assert.deepEqual(
    await featuresOf({
      ...textImport("x,y,z\none,a,ann\ntwo,b,bob\n"),
      columns: { ...columns, header: true },
    }),
    ["one", "two"],
  );
});

test("the first commit of a row wins; later ones are refused with both lines, and the rest is imported", async () => {
  const content = csvOf([
    ["caf\u00e9", "a", "ann"],
    ["  cafe\u0301 ", "a", "bob"],
    ["caf\u00e9", "b", "bob"],
    ["Caf\u00e9", "a", "bob"],
    ["caf\u00e9", "a", "ann"],
  ]);
  const { datanet, refusals } = await importDataNet(textImport(content));
  const first = { line: 2, version: 1, contributor: "ann" };
  assert.deepEqual(refusals, [
    { reason: "duplicate", line: 3, contributor: "bob", first },
    { reason: "duplicate", line: 6, contributor: "ann", first },
  ]);
  assert.deepEqual(
    datanet.rows.map(({ line }) => line),
    [2, 4, 5],
  );
});

test("who brings only copies takes no position", async () => {
  const content = csvOf([
    ["one", "a", "ann"],
    ["one", "a", "copycat"],
    ["two", "b", "bob"],
  ]);
  assert.deepEqual((await importDataNet(textImport(content))).datanet.contributors, ["ann", "bob"]);
});

test("a held-out file is labelled, earns nothing, and loses what is trained on", async () => {
  const content = csvOf([
    ["one", "a", "ann"],
    ["two", "b", "bob"],
  ]);
  const file = fileOf("text,label\nthree,b\none,a\nfour,a\nfour,a\n");
  const { datanet, heldOut, refusals } = await importDataNet({ ...textImport(content), heldOut: { file } });
  assert.deepEqual(heldOut, [
    { features: "three", label: 1, line: 2 },
    { features: "four", label: 0, line: 4 },
  ]);
  assert.deepEqual(refusals, [
    { reason: "held-out", line: 3, contributor: null, first: { line: 2, version: 1, contributor: "ann" } },
    { reason: "held-out", line: 5, contributor: null, first: { line: 4, version: 1, contributor: null } },
  ]);
  assert.equal(datanet.rows.length, 2);
});

test("progress tells of the bytes read and of the rows hashed", async () => {
  const seen: string[] = [];
  const options = textImport(
    csvOf([
      ["one", "a", "ann"],
      ["two", "b", "bob"],
    ]),
  );
  await importDataNet({
    ...options,
    columns: TEXT_COLUMNS,
    onProgress: ({ stage, done, total }) => {
      assert.ok(done >= 0 && done <= total);
      seen.push(stage);
    },
  });
  assert.deepEqual(seen, ["read", "hash"]);
});
