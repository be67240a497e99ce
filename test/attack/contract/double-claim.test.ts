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
  return { world, item, received: () => balance(world, owner) };
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
