import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, type Served, serve, settle } from "../helpers/story.ts";
import { provedByTrapdoor } from "../helpers/trapdoor.ts";
import { balance, deployWorld, type World } from "../helpers/world.ts";

describe("settlement", () => {
  let world: World;
  let served: Served;
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
  });
  after(() => world.close());

  it("pays a batch on proof, to the wei", async () => {
    const committed = await commitBatch(world, served, 0n, FEES);
    const payouts = [1_000n, 0n, 20_000n, 3n, 0n, 100_000n];
    const claim = claimOf(payouts, world.people.recipient);
    const paid = payouts.reduce((sum, pay) => sum + pay, 0n);
    const pool = committed.statement.pools.reduce((sum, p) => sum + p, 0n);
    const { receipt } = await settle(world, committed, claim);
    console.log("settle gas", receipt.gasUsed);
    assert.equal(await balance(world, world.vault), paid * WEI_PER_UNIT);
    assert.equal(await balance(world, world.reserve), (pool - paid) * WEI_PER_UNIT);
    assert.equal(await balance(world, world.people.recipient), committed.proverShare * WEI_PER_UNIT);
  });

  it("pays no batch twice", async () => {
    const committed = await commitBatch(world, served, 4n, FEES);
    const claim = claimOf([1n, 2n, 3n, 4n, 5n, 6n]);
    await settle(world, committed, claim);
    const { receipt } = await settle(world, await commitBatch(world, served, 8n, FEES), claim);
    console.log("settle gas warm", receipt.gasUsed);
    await assertReverts(settle(world, committed, claim, 2n), "BatchNotPending");
  });

  it("refuses a changed proof", async () => {
    const committed = await commitBatch(world, served, 12n, FEES);
    const claim = claimOf([1n, 2n, 3n, 4n, 5n, 6n]);
    const proof = provedByTrapdoor(committed.statement, claim);
    const call = (changed: object) =>
      world.chain.send(world.settlement, "settle", [
        committed.batch,
        claimTuple(claim),
        { ...proof, ...changed },
      ]);
    await assertReverts(call({ y: proof.y + 1n }), "ProofRejected");
    await call({});
  });
});
