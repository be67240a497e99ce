import assert from "node:assert/strict";
import { it } from "node:test";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { serve } from "../../helpers/story.ts";
import { deployWorld, type Mutants, SOURCES } from "../../helpers/world.ts";

/** A DataNet's owner leaves out somebody's rows in a version that follows one of 600. */
async function withoutRows(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const { datanetId } = await serve(world);
  const version = [datanetId, `0x${"ab".repeat(32)}`, 599n];
  return world.chain.send(world.datanets, "addVersion", version).finally(world.close);
}

it("a version has at least as many rows as the one before", async () => {
  await assertReverts(withoutRows({}), "RowsWithdrawn");
});

it("bites: without the check it is on the chain like any other", async () => {
  const DataNetRegistry = await compileMutant(SOURCES.DataNetRegistry, {
    file: SOURCES.DataNetRegistry,
    remove: "if (version > 1 && rowCount < versions[version - 2].rowCount) {",
    insert: "if (false) {",
  });
  assert.equal((await withoutRows({ DataNetRegistry })).result, 2n);
});
