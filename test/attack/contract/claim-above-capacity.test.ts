import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];

async function settled(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  return { world, served, item: await honestClaim(world, served, AMOUNTS, 3) };
}

it("a position of C or more is refused", async () => {
  const { world, item } = await settled({});
  const C = BigInt(TIERS.mini.positions);
  await assertReverts(claim(world, { ...item, position: item.position + C }), "PositionOutOfRange");
  await world.close();
});

it("bites: ω has order C, so c + 2³² opens as c does, and another DataNet's position is paid for it", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.vault,
    remove: "if (item.position >= capacity) revert PositionOutOfRange(item.position, capacity);",
  });
  const world = await deployWorld({ mutants: { Treasury } });
  const [, victim, other] = [await serve(world), await serve(world), await serve(world)];
  // The token id is datanetId·2³² | position: of DataNet 2, c + 2³² names the token of position c of DataNet 3.
  assert.deepEqual([victim!.datanetId, other!.datanetId], [2n, 3n]);
  await settle(world, await commitBatch(world, victim!, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const owner = world.chain.accounts[9]!;
  const thief = world.people.recipient;
  const positions = {
    address: await world.chain.read<`0x${string}`>(world.datanets, "positions"),
    abi: world.datanets.abi,
  };
  const tokenId = (3n << 32n) | 3n;
  await world.chain.send(positions, "transferFrom", [owner.address, thief, tokenId], owner);
  const item = await honestClaim(world, victim!, AMOUNTS, 3);
  await claim(world, { ...item, position: item.position + (1n << 32n) });
  assert.equal(await balance(world, thief), AMOUNTS[3]! * WEI_PER_UNIT);
  await world.close();
});
