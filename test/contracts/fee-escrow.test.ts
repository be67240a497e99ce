import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { parseEventLogs } from "viem";
import { R } from "../../src/crypto/field.ts";
import { unpack } from "../../src/crypto/packing.ts";
import { treasuryAbi } from "../../src/generated/abis.ts";
import { MIN_POOL_UNITS_PER_POSITION, WEI_PER_UNIT } from "../../src/params/bits.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { batchKey } from "../../src/protocol/transcript.ts";
import { eventsOf } from "../helpers/events.ts";
import { assertReverts } from "../helpers/reverts.ts";
import {
  claimOf,
  commitBatch,
  FEES,
  indexRegistration,
  poolOf,
  releaseOf,
  type Served,
  SPLIT,
  serve,
  settle,
} from "../helpers/story.ts";
import { balance, deployWorld, SETTLE_WINDOW, type World } from "../helpers/world.ts";

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
const share = (bps: number) => sum(FEES.map((fee) => (fee * BigInt(bps)) / 10_000n));

describe("FeeEscrow", () => {
  let world: World;
  let served: Served;
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
  });
  after(() => world.close());

  const commit = (n0: bigint, fees: readonly bigint[], traces: readonly bigint[], from = 2) =>
    world.chain.send(
      world.treasury,
      "commitBatch",
      [served.indexId, n0, 100n + n0, fees, traces],
      world.chain.accounts[from],
    );
  const events = (sent: Awaited<ReturnType<typeof commit>>, name: string) =>
    eventsOf(world.treasury, sent, name);
  const next = () => world.chain.read<bigint>(world.treasury, "nextNumber", [served.indexId]);
  const credit = (of: string) => world.chain.read<bigint>(world.treasury, "creditOf", [of]);
  const shares = () => world.chain.read<readonly bigint[]>(world.treasury, "sharesOf", [served.indexId]);

  it("splits fees as docs/encodings.md says, and takes exactly the gross", async () => {
    const held = await balance(world, world.treasury);
    const { receipt } = await commit(0n, FEES, [1n, 2n, 3n, R - 1n]);
    const [event] = parseEventLogs({ abi: treasuryAbi, eventName: "BatchCommitted", logs: receipt.logs });
    const { batchKey: key, operator, deadline, place, poolWords, traces } = event!.args;
    const proverShare = event!.args.shares.prover;
    const pools = unpack("amount", poolWords, FEES.length);
    assert.deepEqual(pools, FEES.map(poolOf));
    assert.equal(await balance(world, world.treasury), held + sum(FEES) * WEI_PER_UNIT);
    assert.deepEqual(await shares(), [SPLIT.platform, SPLIT.modelOwner, SPLIT.stakers].map(share));
    const { platform, modelOwner, stakers } = event!.args.shares;
    assert.deepEqual([platform, modelOwner, stakers], await shares());
    assert.equal(proverShare, share(SPLIT.prover));
    const index = { ...served, commitment: served.indexCommitment };
    const preimage = {
      indexId: served.indexId,
      index,
      n0: 0n,
      operator,
      deadline,
      place,
      proverShare,
      pools,
      traces,
    };
    assert.equal(key, batchKey({ chainId: 31337n, treasury: world.treasury.address, ...preimage }));
    const { timestamp } = await world.chain.client.getBlock();
    assert.equal(deadline, timestamp + SETTLE_WINDOW);
  });

  it("pays shares once, to whose they are, whoever collects them", async () => {
    const { accounts } = world.chain;
    const withdraw = (from: number, indexIds: readonly bigint[]) =>
      world.chain.send(world.treasury, "withdraw", [indexIds], accounts[from]);
    const [platform, owner, stakers] = await shares();
    await assertReverts(withdraw(3, []), "NothingToWithdraw");
    const collected = await withdraw(3, [served.indexId, served.indexId]);
    assert.deepEqual(events(collected, "SharesCollected"), [
      { indexId: served.indexId, platform, modelOwner: owner, stakers },
    ]);
    assert.deepEqual(events(collected, "Withdrawn"), [{ account: world.people.platform, units: platform }]);
    assert.equal(await balance(world, world.people.platform), platform! * WEI_PER_UNIT);
    assert.deepEqual(await shares(), [0n, 0n, 0n]);
    assert.deepEqual(
      [await credit(world.people.admin), await credit(world.people.stakers)],
      [owner, stakers],
    );
    await assertReverts(withdraw(3, [served.indexId]), "NothingToWithdraw");
    await withdraw(4, []);
    assert.equal(await balance(world, world.people.stakers), stakers! * WEI_PER_UNIT);
    assert.equal(await next(), 4n);
  });

  it("takes fees from what the operator has deposited, then from its account, and gives back the rest", async () => {
    const operator = world.chain.accounts[2]!;
    const send = (name: string, args: readonly unknown[]) =>
      world.chain.send(world.treasury, name, args, operator);
    const wallet = () => balance(world, operator.address);
    const deposited = await send("deposit", [60_000n]);
    assert.deepEqual(events(deposited, "Deposited"), [{ account: operator.address, units: 60_000n }]);
    const before = await wallet();
    await commit(await next(), [50_000n], [5n]);
    assert.deepEqual([await wallet(), await credit(operator.address)], [before, 10_000n]);
    await commit(await next(), [50_000n], [5n]);
    assert.deepEqual([await wallet(), await credit(operator.address)], [before - 40_000n * WEI_PER_UNIT, 0n]);
    await assertReverts(send("withdraw", [[]]), "NothingToWithdraw");
    await send("deposit", [7n]);
    await send("deposit", [8n]);
    assert.equal(await credit(operator.address), 15n);
    await send("withdraw", [[]]);
    assert.equal(await wallet(), before - 40_000n * WEI_PER_UNIT);
    await assertReverts(send("deposit", [2n ** 90n]), "ERC20InsufficientBalance");
  });

  it("adds up the shares of batches until they are collected", async () => {
    const before = await shares();
    for (let i = 1n; i <= 2n; i++) {
      await commit(await next(), FEES, [1n, 2n, 3n, 4n]);
      const due = [SPLIT.platform, SPLIT.modelOwner, SPLIT.stakers].map((bps) => i * share(bps));
      assert.deepEqual(
        await shares(),
        before.map((units, j) => units + due[j]!),
      );
    }
  });

  it("keeps one batch at a place until it is final", async () => {
    const [operator] = [world.people.operator];
    const n0 = await next();
    const place = (at: bigint) => world.chain.read(world.treasury, "placeOf", [operator, at]);
    assert.deepEqual(await place(9n), [true, false]);
    const first = await commitBatch(world, served, n0, FEES, 9n);
    assert.deepEqual(await place(9n), [false, true]);
    await assertReverts(commitBatch(world, served, n0 + 4n, FEES, 9n), "PlaceTaken");
    await settle(world, first, claimOf([1n, 0n, 0n, 0n, 0n, 0n]));
    assert.deepEqual(await place(9n), [true, true]);
    const status = ({ statement, batch }: typeof first) =>
      world.chain.read(world.treasury, "statusOf", [statement.batchKey, batch.operator, batch.place]);
    assert.equal(await status(first), 2);
    const second = await commitBatch(world, served, n0 + 4n, FEES, 9n);
    assert.deepEqual([await status(first), await status(second)], [0, 1]);
    await settle(world, second, claimOf([1n, 0n, 0n, 0n, 0n, 0n]));
  });

  it("numbers payments without gaps", async () => {
    const n0 = await next();
    await assertReverts(commit(n0 + 1n, [50_000n], [5n]), "WrongNumber");
    await assertReverts(commit(n0 - 1n, [50_000n], [5n]), "WrongNumber");
    await commit(n0, [50_000n], [5n]);
    assert.equal(await next(), n0 + 1n);
  });

  it("refuses whom the model's owner did not name", async () => {
    await assertReverts(commit(await next(), [50_000n], [5n], 3), "NotOperator");
  });

  it("takes between one and Q payments, a trace for each", async () => {
    const n0 = await next();
    const five = [5n, 6n, 7n, 8n, 9n];
    await assertReverts(commit(n0, [], []), "BatchSizeOutOfRange");
    await assertReverts(
      commit(
        n0,
        five.map(() => 50_000n),
        five,
      ),
      "BatchSizeOutOfRange",
    );
    await assertReverts(commit(n0, [50_000n], [5n, 6n]), "LengthMismatch");
  });

  it("takes traces in (0, r)", async () => {
    const n0 = await next();
    await assertReverts(commit(n0, [50_000n], [0n]), "TraceOutOfRange");
    await assertReverts(commit(n0, [50_000n], [R]), "TraceOutOfRange");
    await assertReverts(commit(n0, [50_000n, 50_000n], [5n, 0n]), "TraceOutOfRange");
    await commit(n0, [50_000n], [R - 1n]);
  });

  it("takes pools from 1,000 units a position up to 2^48", async () => {
    const { operator } = world.people;
    await world.chain.send(world.open, "transfer", [operator, 9n * 10n ** 26n]);
    const least = MIN_POOL_UNITS_PER_POSITION * BigInt(TIERS.mini.positions);
    const feeFor = (pool: bigint) => {
      let fee = (pool * 10_000n) / 7_000n - 5n;
      while (poolOf(fee) < pool) fee++;
      return fee;
    };
    const n0 = await next();
    await assertReverts(commit(n0, [feeFor(least) - 1n], [5n]), "PoolOutOfRange");
    await assertReverts(commit(n0, [feeFor(2n ** 48n)], [5n]), "PoolOutOfRange");
    await commit(n0, [feeFor(least), feeFor(2n ** 48n) - 1n], [5n, 6n]);
  });

  it("refuses an index that was registered in the same block", async () => {
    const { chain, models, treasury, people } = world;
    const { client } = chain;
    const send = (contract: typeof models, functionName: string, args: readonly unknown[], account = 0) =>
      client.writeContract({
        address: contract.address,
        abi: contract.abi,
        functionName,
        args,
        account: chain.accounts[account]!,
        chain: client.chain,
        gas: 3_000_000n,
      });
    const indexId = (await chain.read<bigint>(models, "indexCount")) + 1n;
    await client.setAutomine(false);
    await send(models, "registerIndex", [indexRegistration(world, served.modelId)]);
    await send(models, "setOperator", [indexId, people.operator, true]);
    const early = await send(treasury, "commitBatch", [indexId, 0n, 777n, [50_000n], [5n]], 2);
    await client.mine({ blocks: 1 });
    await client.setAutomine(true);
    assert.equal((await client.getTransactionReceipt({ hash: early })).status, "reverted");
    await client.mine({ blocks: 1 });
    await chain.send(treasury, "commitBatch", [indexId, 0n, 777n, [50_000n], [5n]], chain.accounts[2]);
  });

  it("expires a batch after its deadline, into its book's reserve", async () => {
    const expired = await commitBatch(world, served, await next(), FEES);
    const expire = (change: object = {}) =>
      world.chain.send(
        world.treasury,
        "expireBatch",
        [{ ...expired.batch, ...change }],
        world.chain.accounts[9],
      );
    const before = await world.chain.read<bigint>(world.reserve, "balanceOf", [served.book]);
    await assertReverts(expire(), "DeadlineNotReached");
    await world.chain.client.setNextBlockTimestamp({ timestamp: expired.batch.deadline });
    await world.chain.client.mine({ blocks: 1 });
    await assertReverts(expire(), "DeadlineNotReached");
    await world.chain.wait(1);
    const held = await balance(world, world.treasury);
    for (const change of [{ proverShare: expired.proverShare + 1n }, { deadline: 0n }, { place: 1n }]) {
      await assertReverts(expire(change), "BatchNotPending");
    }
    const sent = await expire();
    const due = sum(expired.statement.pools) + expired.proverShare;
    const { batchKey: key } = expired.statement;
    assert.deepEqual(events(sent, "BatchExpired"), [{ batchKey: key, reserved: due }]);
    assert.equal(await balance(world, world.treasury), held);
    assert.equal(await world.chain.read(world.reserve, "balanceOf", [served.book]), before + due);
    await assertReverts(expire(), "BatchNotPending");
    await assertReverts(settle(world, expired, claimOf([1n, 0n, 0n, 0n, 0n, 0n])), "BatchNotPending");
  });

  it("can still be settled after the deadline, until somebody expires it", async () => {
    const late = await commitBatch(world, served, await next(), FEES);
    await world.chain.wait(Number(SETTLE_WINDOW) + 1);
    await settle(world, late, claimOf([1n, 0n, 0n, 0n, 0n, 0n]));
    await assertReverts(world.chain.send(world.treasury, "expireBatch", [late.batch]), "BatchNotPending");
  });

  it("releases to the settlement contract only, and not more than the pool", async () => {
    const committed = await commitBatch(world, served, await next(), FEES);
    const pool = sum(committed.statement.pools);
    const release = (paid: bigint) => [releaseOf(committed, served.book, paid, world.people.recipient)];
    await assertReverts(world.chain.send(world.treasury, "release", release(1n)), "NotSettlement");
    const sendAs = (paid: bigint) =>
      world.chain.sendAs(world.settlement.address, world.treasury, "release", release(paid));
    await assertReverts(sendAs(pool + 1n), "ReleaseExceedsPool");
    await sendAs(pool);
  });
});
