import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, type Mutants, SOURCES } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];
const WORTH = 2n * AMOUNTS[1]! * WEI_PER_UNIT;

async function claimable(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const item = await honestClaim(world, served, AMOUNTS, 1);
  const owner = world.chain.accounts[7]!.address;
  return { world, served, item, received: () => balance(world, owner) };
}

const mutant = () =>
  compileMutant(SOURCES.DataNetRegistry, {
    file: SOURCES.DataNetPositions,
    remove: "if (cumulative > before) _setExtraData(tokenId, cumulative);",
  });

it("what was claimed is not claimed again", async () => {
  const { world, item, received } = await claimable({});
  await world.chain.send(world.treasury, "claimMany", [[item, item]]);
  assert.equal(await received(), WORTH / 2n);
  await assertReverts(claim(world, item), "NothingToClaim");
  await world.chain.send(world.treasury, "claimMany", [[item]]);
  assert.equal(await received(), WORTH / 2n);
  await world.close();
});

it("bites: where nobody notes what a position was paid it is paid again", async () => {
  const { world, item, received } = await claimable({ DataNetRegistry: await mutant() });
  await claim(world, item);
  await claim(world, item);
  assert.equal(await received(), WORTH);
  await world.close();
});

it("bites: and in one batch as well", async () => {
  const { world, item, received } = await claimable({ DataNetRegistry: await mutant() });
  await world.chain.send(world.treasury, "claimMany", [[item, item]]);
  assert.equal(await received(), WORTH);
  await world.close();
});

/** A position claims, earns as much again and claims that; then its first claim, whose total is still kept, comes in a group. */
async function olderClaim(mutants: Mutants) {
  const { world, served, item, received } = await claimable(mutants);
  await claim(world, item);
  await settle(world, await commitBatch(world, served, 4n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const twice = AMOUNTS.map((units) => 2n * units);
  const newer = await honestClaim(world, served, twice, 1);
  await claim(world, newer);
  assert.equal((await world.chain.send(world.treasury, "claimMany", [[item]])).result, 0n);
  return { world, received, again: () => claim(world, newer) };
}

it("an older claim that a group passes over lowers nothing", async () => {
  const { world, received, again } = await olderClaim({});
  await assertReverts(again(), "NothingToClaim");
  assert.equal(await received(), WORTH);
  await world.close();
});

it("bites: where it is noted all the same, the difference is paid again", async () => {
  const DataNetRegistry = await compileMutant(SOURCES.DataNetRegistry, {
    file: SOURCES.DataNetPositions,
    remove: "if (cumulative > before) _setExtraData(tokenId, cumulative);",
    insert: "_setExtraData(tokenId, cumulative);",
  });
  const { world, received, again } = await olderClaim({ DataNetRegistry });
  await again();
  assert.equal(await received(), (3n * WORTH) / 2n);
  await world.close();
});
