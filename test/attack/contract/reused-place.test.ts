import assert from "node:assert/strict";
import { it } from "node:test";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import {
  type Committed,
  claimOf,
  claimTuple,
  commitBatch,
  FEES,
  serve,
  settle,
} from "../../helpers/story.ts";
import { provedByTrapdoor } from "../../helpers/trapdoor.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import {
  balance,
  built,
  deployWorld,
  type Mutants,
  owed,
  SETTLE_WINDOW,
  SOURCES,
  TREASURY_PARTS,
  type World,
} from "../../helpers/world.ts";

const SHARE = claimOf([1_000n, 2_000n, 3_000n, 0n, 0n, 0n]);
const PAID = 6_000n;
const PLACE = 3n;

const status = (world: World, { statement, batch }: Committed) =>
  world.chain.read<number>(world.treasury, "statusOf", [statement.batchKey, batch.operator, batch.place]);

const expire = (world: World, { batch }: Committed) =>
  world.chain.send(world.treasury, "expireBatch", [batch]);

/** A batch that is final, and another one in its place. @param end how the first ended */
async function reused(mutants: Mutants, end: (world: World, first: Committed) => Promise<unknown>) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  const first = await commitBatch(world, served, 0n, FEES, PLACE);
  await end(world, first);
  const second = await commitBatch(world, served, 4n, FEES, PLACE);
  return { world, served, first, second };
}

const settled = (world: World, first: Committed) => settle(world, first, SHARE);
const expired = async (world: World, first: Committed) => {
  await world.chain.wait(Number(SETTLE_WINDOW) + 1);
  await expire(world, first);
};

/** A record that is told by its place alone. */
const keyUnread = {
  file: TREASURY_PARTS.records,
  remove: "return (record ^ uint256(key)) > STATUS_MASK ? BatchStatus.None : _status(record);",
  insert: "key; return _status(record);",
};

it("a batch whose place was used again is neither settled nor expired again, and has no status", async () => {
  for (const end of [settled, expired]) {
    const { world, served, first, second } = await reused({}, end);
    assert.deepEqual([await status(world, first), await status(world, second)], [0, 1]);
    await assertReverts(settle(world, first, SHARE), "BatchNotPending");
    await world.chain.wait(Number(SETTLE_WINDOW) + 1);
    await assertReverts(expire(world, first), "BatchNotPending");
    await settle(world, second, SHARE);
    await assertReverts(settle(world, first, SHARE), "BatchNotPending");
    assert.equal(await status(world, second), 2);
    assert.equal(await owed(world, served.book), end === settled ? 2n * PAID : PAID);
    await world.close();
  }
});

it("bites: where a record's key is not read, the old batch is settled again with the new one's money", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, keyUnread);
  const { world, served, first, second } = await reused({ Treasury }, settled);
  await settle(world, first, SHARE);
  assert.equal(await owed(world, served.book), 2n * PAID);
  await assertReverts(settle(world, second, SHARE), "BatchNotPending");
  await world.close();
});

/** Attests the reward of a batch that expired. @param again whether another one in its place was settled since */
async function attestExpired(mutants: Mutants, again = true) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  const first = await commitBatch(world, served, 0n, FEES, PLACE);
  await expired(world, first);
  if (again) await settled(world, await commitBatch(world, served, 4n, FEES, PLACE));
  const args = [world.treasury, world.router, world.settlement].map(({ address }) => address);
  const consumer = await world.chain.deploy(await built("AttributionConsumer"), args);
  const proof = provedByTrapdoor(first.statement, SHARE);
  const call = [first.batch, claimTuple(SHARE), proof, 1];
  await world.chain.send(consumer, "attest", call).finally(world.close);
}

it("the status of a batch is never that of another one in its place, nor is an expired one settled", async () => {
  await assertReverts(attestExpired({}), "BatchNotSettled");
  await assertReverts(attestExpired({}, false), "BatchNotSettled");
});

it("bites: where one that expires is noted like one that is settled, its reward is attested", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.escrow,
    remove: "close(batch.place, batchKey, BatchStatus.Expired)",
    insert: "close(batch.place, batchKey, BatchStatus.Settled)",
  });
  await attestExpired({ Treasury }, false);
});

it("bites: where a record's key is not read, a reward that was never paid is attested", async () => {
  await attestExpired({ Treasury: await compileMutant(SOURCES.Treasury, keyUnread) });
});

/** Commits over a batch that is still pending. */
async function overPending(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  const first = await commitBatch(world, served, 0n, FEES, PLACE);
  await commitBatch(world, served, 4n, FEES, PLACE);
  return { world, first };
}

it("a pending batch is not written over", async () => {
  await assertReverts(overPending({}), "PlaceTaken");
});

it("bites: without the check its contributors' money is lost", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.records,
    remove:
      "if (_status(records[place]) == BatchStatus.Pending) revert IFeeEscrow.PlaceTaken(operator, place);",
    insert: "operator;",
  });
  const { world, first } = await overPending({ Treasury });
  await assertReverts(settle(world, first, SHARE), "BatchNotPending");
  await world.close();
});

it("a claim is not paid again after its total's place was used again", async () => {
  const { world, served, second } = await reused({}, settled);
  const before = [1_000n, 2_000n, 3_000n, ...new Array<bigint>(13).fill(0n)];
  const item = await honestClaim(world, served, before, 1);
  await claim(world, item);
  await settle(world, second, SHARE);
  for (let n0 = 8n; n0 < 24n; n0 += 4n) {
    await settle(world, await commitBatch(world, served, n0, FEES, PLACE), SHARE);
  }
  await assertReverts(claim(world, item), "NothingToClaim");
  const holder = world.chain.accounts[7]!.address;
  const paid = await balance(world, holder);
  await assertReverts(claim(world, { ...item, cumulative: 2n * item.cumulative }), "CheckpointUnknown");
  assert.equal(await balance(world, holder), paid);
  await world.close();
});
