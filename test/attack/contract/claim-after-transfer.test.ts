import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, built, deployWorld, type Mutants, SOURCES } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];
const POSITION = 1;

/** Claims, and sends the position on: to a second account of the same person, say. */
async function claimedAndSold(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const item = await honestClaim(world, served, AMOUNTS, POSITION);
  await claim(world, item);
  const seller = world.chain.accounts[6 + POSITION]!;
  const buyer = world.people.recipient;
  const positions = {
    address: await world.chain.read<`0x${string}`>(world.datanets, "positions"),
    abi: (await built("DataNetPositions")).abi,
  };
  const tokenId = (served.datanetId << 32n) | BigInt(POSITION);
  await world.chain.send(positions, "transferFrom", [seller.address, buyer, tokenId], seller);
  return { world, buyer, again: () => claim(world, item) };
}

it("what a position was paid goes with it: a new holder claims nothing twice", async () => {
  const { world, again } = await claimedAndSold({});
  await assertReverts(again(), "NothingToClaim");
  await world.close();
});

it("bites: where a transfer forgets it, every new holder is paid again", async () => {
  const DataNetRegistry = await compileMutant(SOURCES.DataNetRegistry, {
    file: SOURCES.DataNetPositions,
    remove: "    function name() public pure",
    insert: `    function _afterTokenTransfer(address, address, uint256 tokenId) internal override {
        if (_exists(tokenId)) _setExtraData(tokenId, 0);
    }

    function name() public pure`,
  });
  const { world, buyer, again } = await claimedAndSold({ DataNetRegistry });
  await again();
  assert.equal(await balance(world, buyer), AMOUNTS[POSITION]! * WEI_PER_UNIT);
  await world.close();
});
