import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

const AMOUNTS = [60_000n, 1n, 0n, 0n, 0n, 0n, ...new Array<bigint>(10).fill(0n)];

/** Position 1, which earned a unit, comes with the opening of position 0. */
async function steal(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const stolen = { ...(await honestClaim(world, served, AMOUNTS, 0)), position: 1n };
  return { world, stolen, thief: world.chain.accounts[7]!.address };
}

it("an opening is good for its own position only", async () => {
  const { world, stolen } = await steal({});
  await assertReverts(claim(world, stolen), "OpeningRejected");
  await assertReverts(world.chain.send(world.treasury, "claimMany", [[stolen]]), "OpeningRejected");
  await world.close();
});

it("bites: where the point of evaluation does not follow from the position, another's reward is paid out", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.vault,
    remove: "z = Domain.element(capacity, item.position);",
    insert: "z = 1;",
  });
  const { world, stolen, thief } = await steal({ Treasury });
  await claim(world, stolen);
  assert.equal(await balance(world, thief), AMOUNTS[0]! * WEI_PER_UNIT);
  await world.close();
});
