import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { appendVersion, draftNext } from "../../../src/datanet/append.ts";
import { readBefore, writeFirst, writeNext } from "../../../src/datanet/draft-store.ts";
import { draftFirst, importDataNet } from "../../../src/datanet/import.ts";
import { SpilledFeatures } from "../../../src/datanet/spilled-features.ts";
import { readDataNet, readHeldOut, writeDataNet } from "../../../src/datanet/store.ts";
import type { ImportOptions } from "../../../src/datanet/types.ts";
import { SpillFile } from "../../../src/files/spill-file.ts";
import { csvOf, fileOf, scratch, textImport } from "./files.ts";

const created = new Date("2026-01-02T03:04:05Z");
const spills = scratch("spills");
mkdirSync(spills);
const open = () => new SpilledFeatures(new SpillFile(spills));

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => `${name}: ${readFileSync(join(folder, name), "utf8")}`);

/** Writes a first version and a next one in memory and by way of the disk, and compares all files byte for byte. */
async function bothWays(options: ImportOptions, more: string): Promise<string[]> {
  const [listed, spilled] = [scratch("listed"), scratch("spilled")];
  const first = { ...options, created };
  const { datanet, heldOut, refusals, refused } = await importDataNet(first);
  writeDataNet(listed, datanet, heldOut);
  const draft = await draftFirst(first, open);
  writeFirst(spilled, draft);
  assert.deepEqual([draft.refusals.list, draft.refusals.count], [refusals, refused]);
  assert.deepEqual(filesOf(spilled), filesOf(listed));

  const next = { file: more, columns: options.columns, created };
  const appended = await appendVersion(datanet, next, heldOut);
  writeDataNet(listed, appended.datanet);
  const { body, before, heldOut: held } = readBefore(spilled, () => {});
  assert.equal(held, heldOut.length);
  const draft2 = await draftNext(body, before, next, open);
  assert.deepEqual(draft2.refusals.list, appended.refusals);
  writeNext(spilled, draft2);
  assert.deepEqual(filesOf(spilled), filesOf(listed));
  assert.deepEqual(readDataNet(spilled), appended.datanet);
  assert.deepEqual(readHeldOut(spilled), heldOut);
  return filesOf(spilled);
}

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((s) => `x${s}`);
const rows = fc.array(
  fc.tuple(text, fc.constantFrom("a", "b", "c"), fc.constantFrom("ann", "bob", "cid", "dan")),
  { minLength: 8, maxLength: 60 },
);

test("features that waited on disk make the same files as those in memory: texts, copies, held-out rows, a next version", async () => {
  await fc.assert(
    fc.asyncProperty(rows, rows, fc.nat(2), async (some, others, way) => {
      const known = [
        ["left", "a", "ann"],
        ["left too", "b", "bob"],
        ["right", "c", "ann"],
      ] as [string, string, string][];
      const heldOut =
        way === 0
          ? {}
          : {
              heldOut:
                way === 1 ? { fraction: 0.3 } : { file: fileOf(csvOf([...known, ["new one", "a", "x"]])) },
            };
      const options = { ...textImport(csvOf([...known, ...some, ...some.slice(0, 5)])), ...heldOut, seed: 4 };
      await bothWays(options, fileOf(csvOf([["brand new", "a", "eve"], ...others])));
    }),
    { numRuns: 30 },
  );
});

test("the same of numbers that are dealt out, over more than one part of the file that they wait in", async () => {
  const line = (i: number): string =>
    JSON.stringify({ v: Array.from({ length: 40 }, (_, j) => Math.sin(i * 40 + j)), y: i % 3 });
  const content = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => line(from + i)).join("\n");
  const file = fileOf(content(0, 7_000), "jsonl");
  const options = {
    name: "n",
    file,
    columns: { features: ["v"], label: "y" },
    contributors: 7,
    heldOut: { fraction: 0.1 },
  };
  const files = await bothWays(options, fileOf(content(6_990, 7_200), "jsonl"));
  assert.ok(files.some((text) => text.length > 4 << 20));
});

test("the report of a file of copies lists the first thousand and counts all", async () => {
  const copies = Array.from({ length: 1_500 }, () => ["one", "a", "ann"] as [string, string, string]);
  const options = textImport(csvOf([["one", "a", "ann"], ["two", "b", "bob"], ...copies]));
  const { refusals, refused } = await importDataNet(options);
  assert.deepEqual([refusals.length, refused, refusals.at(-1)!.line], [1000, 1_500, 1_003]);
});

test("a next version is written once, and not over another one than it follows", async () => {
  const folder = scratch("datanet");
  const { datanet } = await importDataNet(
    textImport(
      csvOf([
        ["one", "a", "ann"],
        ["two", "b", "bob"],
      ]),
    ),
  );
  writeDataNet(folder, datanet);
  const draft = async (text: string) => {
    const { body, before } = readBefore(folder, () => {});
    const { columns } = textImport("");
    return draftNext(body, before, { file: fileOf(csvOf([[text, "a", "ann"]])), columns }, open);
  };
  const [one, other] = [await draft("three"), await draft("four")];
  writeNext(folder, one);
  for (const draft of [one, other])
    assert.throws(() => writeNext(folder, draft), { code: "TRB_DATANET_FOLDER_TAKEN" });
});
