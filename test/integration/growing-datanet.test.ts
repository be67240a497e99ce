import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { claimNewest } from "../../src/operations/claim.ts";
import { importNextVersion, nextTier } from "../../src/operations/import.ts";
import { readOwed } from "../../src/operations/owed.ts";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { parseBundle } from "../../src/protocol/bundle.ts";
import { readOpenWei } from "../../src/settlement/token.ts";
import { bundlePath } from "../../src/workspace/batches.ts";
import { loadRegistry } from "../../src/workspace/registry.ts";
import {
  type Epoch,
  type SettledWorkspace,
  settledWorkspace,
  TOY_COLUMNS,
  writeToyRows,
} from "../helpers/settled-workspace.ts";

/** More than tier mini's 16 positions; the first five are there before. */
const CONTRIBUTORS = 20;
const EVERYBODY = Array.from({ length: CONTRIBUTORS }, (_, position) => position);
const quiet = (): void => {};
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n);

let world: SettledWorkspace;
let grown: Epoch;
before(async () => {
  world = await settledWorkspace();
});
after(() => world.close());

const payouts = (name: string): readonly bigint[] =>
  parseBundle(readFileSync(bundlePath(world.workspace, name), "utf8")).claim.payouts;

/** What `earned` says of every position. */
async function earned() {
  const { workspace, deployment, cast } = world;
  const { datanetId } = await loadRegistry(workspace, cast.operator, deployment);
  const asked = { datanetId: datanetId!, positions: EVERYBODY };
  return (await readOwed(workspace, { reader: cast.operator, deployment }, asked)).owed;
}

test("contributors that tier mini has no positions for come with the next tier, which has an index of its own", async () => {
  const { workspace } = world;
  const file = join(workspace.dir, "more.csv");
  writeToyRows(file, 200, 5, CONTRIBUTORS);
  const more = { file, columns: TOY_COLUMNS };
  await assert.rejects(importNextVersion(workspace, more, quiet), { code: "TRB_DATANET_POSITIONS_FULL" });
  const { datanet } = await importNextVersion(workspace, { ...more, tier: "small" }, quiet);
  assert.deepEqual([datanet.contributors.length, nextTier(datanet)], [CONTRIBUTORS, undefined]);
  grown = await world.epoch();
  assert.deepEqual([grown.number, grown.tier], [2, "small"]);
});

test("batches of the old index and of the new one are settled, each into its own book", async () => {
  const [first, second] = world.names;
  await grown.settle(second);
  const third = await grown.commit(0, 4);
  await grown.settle(third);

  const [old, large] = [[first, second].map(payouts), payouts(third)];
  assert.ok(large.some((units, position) => position >= 16 && units > 0n));
  for (const { position, books, ...all } of await earned()) {
    const inMini = sum(old.map((list) => list[position] ?? 0n));
    const inSmall = large[position]!;
    const expected = [
      { capacity: 16, earned: inMini },
      { capacity: 128, earned: inSmall },
    ].filter(({ capacity }) => position < capacity);
    assert.deepEqual(
      books.map((book) => ({ capacity: book.capacity, earned: book.earned })),
      expected,
    );
    assert.deepEqual([all.earned, all.claimed, all.claimable], [inMini + inSmall, 0n, inMini + inSmall]);
  }
});

test("one claim pays every position from both books, to the unit", async () => {
  const { workspace, deployment, cast } = world;
  const { datanetId } = await loadRegistry(workspace, cast.operator, deployment);
  const due = await earned();
  const asked = { datanetId: datanetId!, positions: EVERYBODY };
  const { units, transactions } = await claimNewest(cast.prover, deployment, asked);
  assert.equal(transactions.length, 1);
  const paid = transactions[0]!.paid.filter(({ position }) => position === 0n);
  assert.deepEqual(
    paid.map((one) => [one.book, one.units]),
    due[0]!.books.map((book) => [book.book, book.earned]),
  );
  assert.equal(units, sum(due.map((one) => one.claimable)));
  for (const { position, claimable } of due) {
    const wei = await readOpenWei(cast.operator, deployment, cast.ownerOf(position));
    assert.equal(wei, claimable * WEI_PER_UNIT);
  }
  for (const one of await earned()) assert.deepEqual([one.claimed, one.claimable], [one.earned, 0n]);
});
