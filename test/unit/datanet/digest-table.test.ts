import assert from "node:assert/strict";
import { test } from "node:test";
import { DigestTable } from "../../../src/datanet/digest-table.ts";

/** Digests that differ in one byte only, so that a table that looked at a part of them would take them for one. */
const digest = (number: number, place: number): Uint8Array => {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(place, number);
  return bytes;
};

test("digests are numbered in the order in which they come, and found again, while the table grows", () => {
  for (const place of [0, 4, 28]) {
    const table = new DigestTable();
    for (let i = 1; i <= 3_000; i++) {
      assert.equal(table.add(digest(i, place)), undefined);
      assert.equal(table.add(digest(1 + (i >>> 1), place)), i > 1 ? i >>> 1 : 0);
    }
    assert.equal(table.count, 3_000);
    for (const i of [0, 1_023, 1_024, 2_999]) assert.deepEqual([...table.at(i)], [...digest(i + 1, place)]);
  }
});
