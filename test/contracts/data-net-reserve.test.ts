import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { eventsOf } from "../helpers/events.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, type Served, serve, settle } from "../helpers/story.ts";
import { balance, deployWorld, type World } from "../helpers/world.ts";

describe("DataNetReserve", () => {
  let world: World;
  let served: Served;
  let held: bigint;
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
    await settle(world, await commitBatch(world, served, 0n, FEES), claimOf([1n, 0n, 0n, 0n, 0n, 0n]));
    held = await world.chain.read<bigint>(world.reserve, "balanceOf", [served.book]);
  });
  after(() => world.close());
  const spend = (units: bigint, from = 0, book = served.book) =>
    world.chain.send(
      world.reserve,
      "spend",
      [book, world.people.recipient, units, "audit"],
      world.chain.accounts[from],
    );

  it("is what the escrow booked", async () => {
    assert.ok(held > 0n);
    assert.equal(await world.chain.read(world.treasury, "reserveOf", [served.book]), held);
  });

  it("is spent by governance, book by book, as far as it reaches", async () => {
    await assertReverts(spend(1n, 1), "OwnableUnauthorizedAccount");
    await assertReverts(spend(held + 1n), "ReserveTooSmall");
    await assertReverts(spend(1n, 0, served.book + 1n), "ReserveTooSmall");
    const spent = await spend(held - 1n);
    const { recipient } = world.people;
    assert.deepEqual(eventsOf(world.reserve, spent, "Spent"), [
      { book: served.book, to: recipient, units: held - 1n, purpose: "audit" },
    ]);
    assert.equal(await balance(world, recipient), (held - 1n) * WEI_PER_UNIT);
    await assertReverts(spend(2n), "ReserveTooSmall");
  });

  it("is drawn on by the reserve's contract only", async () => {
    const draw = [served.book, world.people.admin, 1n];
    await assertReverts(world.chain.send(world.treasury, "spendReserve", draw), "NotReserve");
  });
});
