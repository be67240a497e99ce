import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, built, deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

const AMOUNTS = [10n, 20n, 30n, 40n, 50n, 60n, ...new Array<bigint>(10).fill(0n)];
const POSITION = 1;

/** A position is held by a contract that has no function to move OPEN: the verifier stands for it. */
async function heldByContract(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(AMOUNTS.slice(0, 6)));
  const positions = {
    address: await world.chain.read<`0x${string}`>(world.datanets, "positions"),
    abi: (await built("DataNetPositions")).abi,
  };
  const seller = world.chain.accounts[6 + POSITION]!;
  const give = (to: string) =>
    world.chain.send(
      positions,
      "transferFrom",
      [seller.address, to, (served.datanetId << 32n) | BigInt(POSITION)],
      seller,
    );
  const item = await honestClaim(world, served, AMOUNTS, POSITION);
  return { world, served, give, item, holder: world.verifier.address };
}

it("a stranger's claim sends nothing to a contract; the contract claims for itself", async () => {
  const { world, served, give, item, holder } = await heldByContract({});
  await give(holder);
  await assertReverts(claim(world, item), "HolderIsContract");
  const other = await honestClaim(world, served, AMOUNTS, 3);
  await assertReverts(world.chain.send(world.treasury, "claimMany", [[other, item]]), "HolderIsContract");
  await world.chain.sendAs(holder, world.treasury, "claim", [item]);
  assert.equal(await balance(world, holder), AMOUNTS[POSITION]! * WEI_PER_UNIT);
  await world.close();
});

it("bites: without the check it is paid what it can never move", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.vault,
    remove: "if (owner != msg.sender && Holders.isContract(owner)) revert HolderIsContract(owner);",
  });
  const { world, give, item, holder } = await heldByContract({ Treasury });
  await give(holder);
  await claim(world, item);
  assert.equal(await balance(world, holder), AMOUNTS[POSITION]! * WEI_PER_UNIT);
  await world.close();
});

it("an account that delegates (EIP-7702) is none: its key still moves OPEN", async () => {
  const { world, give, item, holder } = await heldByContract({});
  const account = world.people.recipient;
  const setCode = (bytecode: `0x${string}`) => world.chain.client.setCode({ address: account, bytecode });
  await give(account);
  for (const code of ["0xfe", "0x00ef0100", "0x01"] as const) {
    await setCode(code);
    await assertReverts(claim(world, item), "HolderIsContract");
  }
  await setCode(`0xef0100${holder.slice(2)}`);
  await claim(world, item);
  assert.equal(await balance(world, account), AMOUNTS[POSITION]! * WEI_PER_UNIT);
  await world.close();
});
