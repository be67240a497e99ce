import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { importNextVersion, importVersion, readRows } from "../../../src/operations/import.ts";
import { readRequests } from "../../../src/operations/request-file.ts";
import { workspaceAt } from "../../../src/workspace/workspace.ts";
import { csvOf, fileOf, scratch, TEXT_COLUMNS } from "../datanet/files.ts";

const GOOD = [
  ["one", "a", "ann"],
  ["two", "b", "bob"],
] as const;
const nothing = () => {};
const source = (file: string, skipBad?: string) => ({
  file,
  columns: TEXT_COLUMNS,
  skipBad,
  seed: 1,
  tier: "mini" as const,
});
const linesIn = (path: string): { line: number; code: string; file: string; row: unknown }[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

test("bad rows go to a file, of the rows and of the held-out ones, and of a next version", async () => {
  const workspace = workspaceAt(scratch("workspace"));
  const bad = scratch("bad.jsonl");
  const file = fileOf(csvOf([...GOOD, ["", "a", "ann"]]));
  const test = fileOf("text,label\nthree,a\nfour,z\n");
  const first = await importVersion(workspace, { ...source(file, bad), heldOut: { file: test } }, nothing);
  assert.deepEqual(
    [first.skipped, first.heldOut, first.datanet.versions[0]!.rows],
    [{ count: 2, file: bad }, 1, 2],
  );
  assert.deepEqual(
    linesIn(bad).map(({ file: of, line, code, row }) => [of, line, code, row]),
    [
      [file, 4, "TRB_DATANET_TEXT_EMPTY", ["", "a", "ann"]],
      [test, 3, "TRB_DATANET_LABEL_UNKNOWN", ["four", "z"]],
    ],
  );
  const more = fileOf(
    csvOf([
      ["five", "a", "cid"],
      ["six", "", "cid"],
    ]),
  );
  const next = await importNextVersion(workspace, source(more, bad), nothing);
  assert.deepEqual([next.skipped.count, next.datanet.version], [1, 2]);
  assert.deepEqual(
    linesIn(bad).map(({ line }) => line),
    [3],
  );
});

test("an import without a bad row leaves an empty file, and one that fails leaves its bad rows", async () => {
  const bad = scratch("bad.jsonl");
  writeFileSync(bad, "of another import");
  await importVersion(workspaceAt(scratch("clean")), source(fileOf(csvOf(GOOD)), bad), nothing);
  assert.equal(readFileSync(bad, "utf8"), "");
  const failing = source(
    fileOf(
      csvOf([
        ["one", "a", "ann"],
        ["two", "", "bob"],
      ]),
    ),
    bad,
  );
  await assert.rejects(importVersion(workspaceAt(scratch("failing")), failing, nothing), {
    code: "TRB_DATANET_SINGLE_LABEL",
  });
  assert.equal(linesIn(bad).length, 1);
});

test("the file that is read is not overwritten", async () => {
  const file = fileOf(csvOf(GOOD));
  await assert.rejects(importVersion(workspaceAt(scratch("same")), source(file, file), nothing), {
    code: "TRB_IMPORT_FILE_TAKEN",
  });
  assert.equal(readFileSync(file, "utf8"), csvOf(GOOD));
});

test("a demonstration reads rows in other dialects, too", async () => {
  const file = fileOf(csvOf(GOOD).replaceAll('","', '"~"').replace("text,label,who", "text~label~who"));
  const { datanet } = await readRows({ ...source(file), dialect: { delimiter: "~" } }, nothing);
  assert.equal(datanet.rows.length, 2);
});

test("requests with long integers are features, rounded as the rows' are", () => {
  const [first, second] = readRequests(
    fileOf('{"features":[9007199254740993,1]}\n[12345678901234567890,0.5]', "jsonl"),
  );
  assert.deepEqual(
    [first, second],
    [Float64Array.of(2 ** 53, 1), Float64Array.of(Number(12345678901234567890n), 0.5)],
  );
});
