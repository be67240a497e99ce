import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { getAddress, parseEventLogs } from "viem";
import type { G1 } from "../../src/crypto/points.ts";
import { treasuryAbi } from "../../src/generated/abis.ts";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { pointOutsideSubgroup } from "../helpers/proof-points.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, releaseOf, type Served, serve, settle } from "../helpers/story.ts";
import { openAmounts } from "../helpers/trapdoor.ts";
import {
  balance,
  built,
  deployWorld,
  owed,
  SETTLE_WINDOW,
  treasuryArguments,
  type World,
} from "../helpers/world.ts";

const C = TIERS.mini.positions;
const DAY = 24 * 3600;
const FIRST = [1_000n, 0n, 20_000n, 3n, 7_000n, 100_000n];
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
const SECOND = [500n, 4_000n, 0n, 9n, 8_000n, 60_000n];

describe("RewardVault", () => {
  let world: World;
  let served: Served;
  /** Σ of all payouts, and the vault's point for it. */
  let earned: bigint[];
  let next: bigint;
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
    earned = new Array<bigint>(C).fill(0n);
    next = 0n;
    await pay(FIRST);
  });
  after(() => world.close());

  async function pay(payouts: readonly bigint[]) {
    await settle(world, await commitBatch(world, served, next, FEES), claimOf(payouts));
    next += BigInt(FEES.length);
    earned = earned.map((units, c) => units + (payouts[c] ?? 0n));
  }
  async function item(position: number, amounts = earned) {
    const [total, checkpoint] = await world.chain.read<[G1, bigint]>(world.treasury, "totalOf", [
      served.book,
    ]);
    const opening = openAmounts(amounts, C, position);
    const cumulative = amounts[position]!;
    return {
      book: served.book,
      checkpoint,
      total,
      position: BigInt(position),
      cumulative,
      opening,
    };
  }
  const claim = (claimed: object) => world.chain.send(world.treasury, "claim", [claimed]);
  const owner = (position: number) => world.chain.accounts[6 + position]!.address;
  const unclaimed = () => owed(world, served.book);

  it("pays what a position earned, to who holds it now, whoever calls", async () => {
    await claim(await item(0));
    assert.equal(await balance(world, owner(0)), FIRST[0]! * WEI_PER_UNIT);
    const heir = world.people.stakers;
    const positions = {
      address: await world.chain.read<`0x${string}`>(world.datanets, "positions"),
      abi: world.datanets.abi,
    };
    const tokenId = (served.datanetId << 32n) | 2n;
    await world.chain.send(positions, "transferFrom", [owner(2), heir, tokenId], world.chain.accounts[8]);
    await claim(await item(2));
    assert.equal(await balance(world, heir), FIRST[2]! * WEI_PER_UNIT);
    assert.equal(await unclaimed(), sum(FIRST) - FIRST[0]! - FIRST[2]!);
  });

  it("says what each position was paid", async () => {
    const paid = (position: number) =>
      world.chain.read(world.treasury, "claimedOf", [served.book, BigInt(position)]);
    assert.deepEqual(await Promise.all([0, 1, 2, 3].map(paid)), [FIRST[0], 0n, FIRST[2], 0n]);
  });

  it("pays nothing twice, and only the difference later", async () => {
    await assertReverts(claim(await item(0)), "NothingToClaim");
    await pay(SECOND);
    await claim(await item(0));
    assert.equal(await balance(world, owner(0)), (FIRST[0]! + SECOND[0]!) * WEI_PER_UNIT);
  });

  it("refuses an amount that the total does not hold", async () => {
    const honest = await item(3);
    await assertReverts(claim({ ...honest, cumulative: honest.cumulative + 1n }), "OpeningRejected");
    await claim(honest);
  });

  it("refuses a total that was never one", async () => {
    const honest = await item(4);
    await assertReverts(claim({ ...honest, total: honest.opening }), "CheckpointUnknown");
    await assertReverts(claim({ ...honest, checkpoint: honest.checkpoint + 1n }), "CheckpointUnknown");
    await assertReverts(claim({ ...honest, checkpoint: 0n, total: { x: 0n, y: 0n } }), "CheckpointUnknown");
  });

  it("pays many claims for one pairing check, and all or none", async () => {
    const items = await Promise.all([1, 4, 5].map((position) => item(position)));
    const spoiled = items.map((one, i) => (i === 1 ? { ...one, cumulative: one.cumulative - 1n } : one));
    await assertReverts(world.chain.send(world.treasury, "claimMany", [spoiled]), "OpeningRejected");
    await assertReverts(world.chain.send(world.treasury, "claimMany", [[]]), "NoClaims");
    await world.chain.send(world.treasury, "claimMany", [[...items, items[0]]]);
    for (const position of [1, 4, 5]) {
      assert.equal(await balance(world, owner(position)), earned[position]! * WEI_PER_UNIT);
    }
    const paid = [0, 1, 2, 3, 4, 5].map((position) => balance(world, owner(position)));
    const heir = await balance(world, world.people.stakers);
    const out = sum(await Promise.all(paid)) + heir;
    assert.equal((await unclaimed()) * WEI_PER_UNIT, sum(earned) * WEI_PER_UNIT - out);
  });

  it("combines claims against different totals", async () => {
    await pay(FIRST);
    const older = await item(0);
    await pay(SECOND);
    const items = [older, await item(1), await item(0), await item(2)];
    await world.chain.send(world.treasury, "claimMany", [items]);
    assert.equal(await balance(world, owner(0)), earned[0]! * WEI_PER_UNIT);
  });

  it("passes over claims in a group that were paid before, and pays the others", async () => {
    await pay(SECOND);
    const items = await Promise.all([0, 1, 3].map((position) => item(position)));
    await claim(items[1]!);
    const { receipt } = await world.chain.send(world.treasury, "claimMany", [items]);
    const paid = parseEventLogs({ abi: treasuryAbi, eventName: "Claimed", logs: receipt.logs });
    assert.deepEqual(
      paid.map(({ args }) => args.position),
      [0n, 3n],
    );
    assert.equal((await world.chain.send(world.treasury, "claimMany", [items])).result, 0n);
  });

  it("keeps the last four totals, and a day's last one for the next day", async () => {
    await pay(FIRST);
    const old = await item(0);
    for (let i = 0; i < 3; i++) await pay(SECOND);
    await claim(old);
    await pay(FIRST);
    const evicted = { ...old, position: 1n, cumulative: 10n ** 9n };
    const moved = await item(1);
    await world.chain.wait(DAY);
    for (let i = 0; i < 5; i++) await pay(SECOND);
    await assertReverts(claim(evicted), "CheckpointUnknown");
    const { closing } = await world.chain.read<{ closing: bigint }>(world.treasury, "accountOf", [
      served.book,
    ]);
    assert.equal(closing, moved.checkpoint);
    assert.deepEqual(await world.chain.read(world.treasury, "closingTotalOf", [served.book]), [
      moved.total,
      moved.checkpoint,
    ]);
    await world.chain.wait(DAY);
    await pay(FIRST);
    await claim(moved);
    const last = { ...moved, position: 3n, cumulative: 10n ** 9n };
    await world.chain.wait(DAY);
    await pay(FIRST);
    await assertReverts(claim(last), "CheckpointUnknown");
    await claim(await item(3));
  });

  it("numbers totals one by one", async () => {
    const before = (await item(0)).checkpoint;
    await pay(FIRST);
    assert.equal((await item(0)).checkpoint, before + 1n);
  });

  it("takes totals from the settlement contract only", async () => {
    const committed = await commitBatch(world, served, next, FEES);
    const release = [releaseOf(committed, served.book, 10n)];
    await assertReverts(world.chain.send(world.treasury, "release", release), "NotSettlement");
  });

  it("says what it stands on", async () => {
    const { chain, treasury, people } = world;
    const says = async (names: readonly string[]) =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await chain.read<string>(treasury, name)])),
      );
    const contracts = {
      OPEN: world.open,
      DATANETS: world.datanets,
      MODELS: world.models,
      SETTLEMENT: world.settlement,
      RESERVE: world.reserve,
    };
    const accounts = { PLATFORM: people.platform, STAKERS: people.stakers };
    assert.deepEqual(await says([...Object.keys(contracts), ...Object.keys(accounts)]), {
      ...Object.fromEntries(
        Object.entries(contracts).map(([name, { address }]) => [name, getAddress(address)]),
      ),
      ...accounts,
    });
    assert.equal(await chain.read(treasury, "SETTLE_WINDOW"), SETTLE_WINDOW);
    for (const contract of [world.reserve, world.settlement]) {
      assert.equal(await chain.read(contract, "TREASURY"), getAddress(treasury.address));
    }
    const router = getAddress(world.router.address);
    for (const contract of [world.settlement, world.models]) {
      assert.equal(await chain.read(contract, "ROUTER"), router);
    }
    assert.equal(await chain.read(world.models, "DATANETS"), getAddress(world.datanets.address));
  });

  it("is not deployed over a [τ]₂ outside of the subgroup", async () => {
    const { admin } = world.people;
    const args = treasuryArguments(admin, world.datanets.address, pointOutsideSubgroup());
    await assertReverts(world.chain.deploy(await built("Treasury"), args), "PointRefused");
  });

  it("lets nobody but itself note what a position was paid", async () => {
    const positions = {
      address: await world.chain.read<`0x${string}`>(world.datanets, "positions"),
      abi: (await built("DataNetPositions")).abi,
    };
    const tokenId = served.datanetId << 32n;
    await assertReverts(world.chain.send(positions, "book", [tokenId, 0n]), "NotTreasury");
  });
});
