import assert from "node:assert/strict";
import { test } from "node:test";
import { importNextVersion, importVersion, nextTier } from "../../../src/operations/import.ts";
import { workspaceAt } from "../../../src/workspace/workspace.ts";
import { csvOf, fileOf, scratch, TEXT_COLUMNS } from "../datanet/files.ts";

const nothing = () => {};
/** A row of each of these contributors, whose texts are new. */
const rowsOf = (first: number, count: number) =>
  csvOf(Array.from({ length: count }, (_, i) => [`text ${first + i}`, i % 2 ? "a" : "b", `c${first + i}`]));
const source = (text: string) => ({ file: fileOf(text), columns: TEXT_COLUMNS });

test("a DataNet says at four fifths what comes next, and grows to a larger tier with the same positions", async () => {
  const workspace = workspaceAt(scratch("growth"));
  const first = { ...source(rowsOf(0, 12)), seed: 1, tier: "mini" as const };
  const { datanet: roomy } = await importVersion(workspace, first, nothing);
  assert.equal(nextTier(roomy), undefined);
  const { datanet: nearly } = await importNextVersion(workspace, source(rowsOf(12, 1)), nothing);
  assert.equal(nextTier(nearly), "small");

  const more = source(rowsOf(13, 4));
  await assert.rejects(importNextVersion(workspace, more, nothing), { code: "TRB_DATANET_POSITIONS_FULL" });
  const { datanet: grown } = await importNextVersion(workspace, { ...more, tier: "small" }, nothing);
  assert.deepEqual([grown.capacity, grown.contributors.length, nextTier(grown)], [128, 17, undefined]);
  assert.deepEqual(grown.contributors.slice(0, 13), nearly.contributors);

  const back = { ...source(rowsOf(17, 1)), tier: "mini" as const };
  await assert.rejects(importNextVersion(workspace, back, nothing), { code: "TRB_IMPORT_TIER_SHRINKS" });
  assert.equal(nextTier({ capacity: 1024, contributors: new Array<string>(820).fill("c") }), "none");
});
