import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, type Mutants, SOURCES } from "../../helpers/world.ts";

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

it("bites: ω has order C, so a position c + 2³² opens as c does, and is paid once more", async () => {
  const RewardVault = await compileMutant(SOURCES.RewardVault, {
    file: SOURCES.RewardVault,
    remove:
      "if (item.position >= ledger.capacity) revert PositionOutOfRange(item.position, ledger.capacity);",
  });
  const { world, served, item } = await settled({ RewardVault });
  await claim(world, item);
  // The token id is datanetId·2³² | position: of DataNet 1, this is the token of position c again.
  assert.equal(served.datanetId, 1n);
  await claim(world, { ...item, position: item.position + (1n << 32n) });
  assert.equal(await balance(world, world.chain.accounts[9]!.address), 2n * AMOUNTS[3]! * WEI_PER_UNIT);
  await world.close();
});
