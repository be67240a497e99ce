import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { G1 } from "../../src/core/points.ts";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, type Served, serve, settle } from "../helpers/story.ts";
import { openAmounts } from "../helpers/trapdoor.ts";
import { balance, deployWorld, type World } from "../helpers/world.ts";

const C = TIERS.mini.positions;
const DAY = 24 * 3600;
const FIRST = [1_000n, 0n, 20_000n, 3n, 7_000n, 100_000n];
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
    const [total, checkpoint] = await world.chain.read<[G1, bigint]>(world.vault, "totalOf", [
      served.datanetId,
    ]);
    const opening = openAmounts(amounts, C, position);
    const cumulative = amounts[position]!;
    return {
      datanetId: served.datanetId,
      checkpoint,
      total,
      position: BigInt(position),
      cumulative,
      opening,
    };
  }
  const claim = (claimed: object) => world.chain.send(world.vault, "claim", [claimed]);
  const owner = (position: number) => world.chain.accounts[6 + position]!.address;
  const account = () =>
    world.chain.read<{ funded: bigint; paid: bigint }>(world.vault, "accountOf", [served.datanetId]);

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
    assert.equal((await account()).paid, FIRST[0]! + FIRST[2]!);
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
    await assertReverts(world.chain.send(world.vault, "claimMany", [spoiled]), "OpeningRejected");
    await assertReverts(world.chain.send(world.vault, "claimMany", [[...items, items[0]]]), "NothingToClaim");
    await assertReverts(world.chain.send(world.vault, "claimMany", [[]]), "NoClaims");
    await world.chain.send(world.vault, "claimMany", [items]);
    for (const position of [1, 4, 5]) {
      assert.equal(await balance(world, owner(position)), earned[position]! * WEI_PER_UNIT);
    }
    assert.equal(await balance(world, world.vault), 0n + (await unclaimed()) * WEI_PER_UNIT);
  });

  async function unclaimed() {
    const { funded, paid } = await account();
    return funded - paid;
  }

  it("combines claims against different totals", async () => {
    await pay(FIRST);
    const older = await item(0);
    await pay(SECOND);
    const items = [older, await item(1), await item(0), await item(2)];
    await world.chain.send(world.vault, "claimMany", [items]);
    assert.equal(await balance(world, owner(0)), earned[0]! * WEI_PER_UNIT);
  });

  it("keeps a replaced total for the retention, and drops it after", async () => {
    await pay(FIRST);
    const old = await item(0);
    await pay(SECOND);
    await world.chain.wait(6 * DAY);
    await claim(old);
    const other = { ...old, position: 1n, cumulative: 4_000n };
    await world.chain.wait(2 * DAY);
    await assertReverts(claim(other), "CheckpointExpired");
    const before = await world.chain.read<{ oldest: number }>(world.vault, "accountOf", [served.datanetId]);
    await pay(FIRST);
    const after = await world.chain.read<{ oldest: number }>(world.vault, "accountOf", [served.datanetId]);
    assert.equal(after.oldest, before.oldest + 2);
    await assertReverts(claim({ ...old, checkpoint: 1n }), "CheckpointUnknown");
    await claim(await item(1));
  });

  it("takes totals from the settlement contract only", async () => {
    const { datanetId } = served;
    const { opening } = await item(0);
    await assertReverts(world.chain.send(world.vault, "record", [datanetId, opening, 10n]), "NotSettlement");
  });
});
