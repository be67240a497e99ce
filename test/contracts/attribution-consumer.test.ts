import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Contract } from "../helpers/chain.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, type Served, serve, settle } from "../helpers/story.ts";
import { provedByTrapdoor } from "../helpers/trapdoor.ts";
import { built, deployWorld, type World } from "../helpers/world.ts";

const PAYOUTS = [7n, 0n, 20_000n, 3n, 0n, 100_000n];

describe("AttributionConsumer", () => {
  let world: World;
  let served: Served;
  let consumer: Contract;
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
    const { treasury, router, settlement } = world;
    const args = [treasury.address, router.address, settlement.address];
    consumer = await world.chain.deploy(await built("AttributionConsumer"), args);
  });
  after(() => world.close());
  const best = (position: bigint) =>
    world.chain.read<bigint>(consumer, "bestReward", [served.datanetId, position]);

  it("keeps a position's best settled batch", async () => {
    const committed = await commitBatch(world, served, 0n, FEES);
    const claim = claimOf(PAYOUTS);
    const proof = provedByTrapdoor(committed.statement, claim);
    const attest = (position: number) =>
      world.chain.send(consumer, "attest", [committed.batch, claimTuple(claim), proof, position]);
    await assertReverts(attest(2), "BatchNotSettled");
    await settle(world, committed, claim);
    assert.equal((await attest(2)).result, 20_000n);
    assert.equal((await attest(5)).result, 100_000n);
    assert.deepEqual([await best(2n), await best(5n), await best(0n)], [20_000n, 100_000n, 0n]);
    await assertReverts(attest(6), "PositionOutOfRange");

    const poorer = await commitBatch(world, served, 4n, FEES);
    const less = claimOf([7n, 0n, 10n, 3n, 0n, 9n]);
    const second = provedByTrapdoor(poorer.statement, less);
    await settle(world, poorer, less);
    await world.chain.send(consumer, "attest", [poorer.batch, claimTuple(less), second, 2]);
    assert.equal(await best(2n), 20_000n);
  });

  it("believes no batch that was not committed, and no claim that was not proven", async () => {
    const committed = await commitBatch(world, served, 8n, FEES);
    const claim = claimOf(PAYOUTS);
    const proof = provedByTrapdoor(committed.statement, claim);
    await settle(world, committed, claim);
    const attest = (batch: object, change: object) =>
      world.chain.send(consumer, "attest", [batch, { ...claimTuple(claim), ...change }, proof, 0]);
    await assertReverts(attest({ ...committed.batch, n0: 9n }, {}), "BatchNotSettled");
    const { payoutWords } = claimTuple(claim);
    const raised = { payoutWords: [payoutWords[0]! + 1n, payoutWords[1]!] };
    await assertReverts(attest(committed.batch, raised), "ProofRejected");
    await attest(committed.batch, {});
  });
});
