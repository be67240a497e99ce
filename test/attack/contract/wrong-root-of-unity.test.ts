import assert from "node:assert/strict";
import { it } from "node:test";
import { rootOfUnity } from "../../../src/crypto/field.ts";
import { toHex } from "../../../src/crypto/words.ts";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { startChain } from "../../helpers/chain.ts";
import { compileMutant, type Mutation } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { g2 } from "../../helpers/trapdoor.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, SOURCES, TREASURY_PARTS, treasuryArguments } from "../../helpers/world.ts";

const AMOUNTS = [60_000n, 1n, 0n, 0n, 0n, 0n, ...new Array<bigint>(10).fill(0n)];

/** A root of order 64 in the place of one of order 1,024: of a domain of 16 positions it makes one point. */
const smallOrder: Mutation = {
  file: "contracts/generated/Params.sol",
  remove: toHex(rootOfUnity(TIERS.large.positions)),
  insert: toHex(rootOfUnity(64)),
};

it("a vault is not deployed with a root of too small an order", async () => {
  const chain = await startChain();
  const wrong = await compileMutant(SOURCES.Treasury, smallOrder);
  const { address } = chain.admin;
  await assertReverts(chain.deploy(wrong, treasuryArguments(address, address, g2(5n))), "WrongRootOfUnity");
  await chain.close();
});

it("bites: with it, every position opens at the point of the first", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, smallOrder, {
    file: TREASURY_PARTS.vault,
    remove: "Domain.requirePrimitiveRoot();",
  });
  const world = await deployWorld({ mutants: { Treasury } });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  await claim(world, { ...(await honestClaim(world, served, AMOUNTS, 0)), position: 1n });
  assert.equal(await balance(world, world.chain.accounts[7]!.address), AMOUNTS[0]! * WEI_PER_UNIT);
  await world.close();
});
