import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { eventsOf } from "../helpers/events.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { built, deployWorld, type World } from "../helpers/world.ts";

const ROOT = `0x${"ab".repeat(32)}`;

describe("DataNetRegistry", () => {
  let world: World;
  before(async () => {
    world = await deployWorld();
  });
  after(() => world.close());
  const send = (name: string, args: readonly unknown[], from = 0) =>
    world.chain.send(world.datanets, name, args, world.chain.accounts[from]);
  const read = <T>(name: string, args: readonly unknown[]) => world.chain.read<T>(world.datanets, name, args);
  const people = (count: number) => Array.from({ length: count }, (_, i) => world.chain.accounts[i]!.address);
  const create = async () => (await send("create", ["sentences"])).result as bigint;

  it("makes a token of a DataNet, and another of each position, in order", async () => {
    const id = await create();
    assert.equal(await read("ownerOf", [id]), world.people.admin);
    assert.equal((await send("join", [id, people(3)])).result, 0n);
    assert.equal((await send("join", [id, people(2)])).result, 3n);
    assert.equal(await read("positionCount", [id]), 5n);
    assert.equal(await read("positionOwner", [id, 3n]), world.chain.accounts[0]!.address);
    assert.equal(await read("positionOwner", [id, 2n]), world.chain.accounts[2]!.address);
    const positions = { address: await read<`0x${string}`>("positions", []), abi: world.datanets.abi };
    const tokenId = (id << 32n) | 4n;
    assert.equal(await world.chain.read(positions, "ownerOf", [tokenId]), world.chain.accounts[1]!.address);
    await assertReverts(read("positionOwner", [id, 5n]), "TokenDoesNotExist");
  });

  it("announces a DataNet, its positions and its versions", async () => {
    const events = (sent: Awaited<ReturnType<typeof send>>, name: string) =>
      eventsOf(world.datanets, sent, name);
    const created = await send("create", ["sentences"]);
    const datanetId = created.result as bigint;
    const owner = world.people.admin;
    assert.deepEqual(events(created, "DataNetCreated"), [{ datanetId, owner, name: "sentences" }]);
    await send("join", [datanetId, people(1)]);
    const [first, second] = people(2);
    assert.deepEqual(events(await send("join", [datanetId, people(2)]), "PositionJoined"), [
      { datanetId, position: 1n, contributor: first },
      { datanetId, position: 2n, contributor: second },
    ]);
    assert.deepEqual(events(await send("addVersion", [datanetId, ROOT, 600n]), "VersionAdded"), [
      { datanetId, version: 1n, rowRoot: ROOT, rowCount: 600n },
    ]);
  });

  it("has as many positions as the largest tier, and no more", async () => {
    const id = await create();
    const many = Array.from({ length: 205 }, (_, i) => people(20)[i % 20]!);
    for (let i = 0; i < 5; i++) await send("join", [id, i < 4 ? many : many.slice(0, 203)]);
    assert.equal(await read("positionCount", [id]), 1023n);
    await assertReverts(send("join", [id, people(2)]), "DataNetFull");
    await send("join", [id, people(1)]);
    await assertReverts(send("join", [id, people(1)]), "DataNetFull");
    await assertReverts(send("join", [await create(), []]), "NoContributors");
  });

  it("obeys the DataNet's owner only, also after it was sold", async () => {
    const id = await create();
    await assertReverts(send("join", [id, people(1)], 1), "NotDataNetOwner");
    await assertReverts(send("addVersion", [id, ROOT, 1n], 1), "NotDataNetOwner");
    const [seller, buyer] = people(2);
    await send("transferFrom", [seller, buyer, id]);
    await send("join", [id, people(1)], 1);
    await assertReverts(send("join", [id, people(1)]), "NotDataNetOwner");
  });

  it("keeps every version", async () => {
    const id = await create();
    await send("addVersion", [id, ROOT, 600n]);
    assert.equal((await send("addVersion", [id, `0x${"cd".repeat(32)}`, 700n])).result, 2n);
    const first = await read<{ rowRoot: string; rowCount: bigint }>("versionOf", [id, 1n]);
    assert.equal(first.rowRoot, ROOT);
    assert.equal(first.rowCount, 600n);
    assert.equal(await read("versionCount", [id]), 2n);
    for (const version of [0n, 3n]) await assertReverts(read("versionOf", [id, version]), "VersionUnknown");
    await assertReverts(send("addVersion", [id, ROOT, 0n]), "EmptyVersion");
    await assertReverts(send("addVersion", [id, `0x${"00".repeat(32)}`, 1n]), "EmptyVersion");
  });

  it("takes no version with fewer rows than the one before", async () => {
    const id = await create();
    await send("addVersion", [id, ROOT, 600n]);
    await assertReverts(send("addVersion", [id, ROOT, 599n]), "RowsWithdrawn");
    await send("addVersion", [id, ROOT, 600n]);
    await send("addVersion", [id, ROOT, 601n]);
    await assertReverts(send("addVersion", [id, ROOT, 600n]), "RowsWithdrawn");
    assert.equal(await read("versionCount", [id]), 3n);
  });

  it("knows no DataNet that was not created", async () => {
    await assertReverts(send("join", [999n, people(1)]), "DataNetUnknown");
    await assertReverts(send("addVersion", [999n, ROOT, 1n]), "DataNetUnknown");
    for (const name of ["positionCount", "versionCount"]) {
      await assertReverts(read(name, [999n]), "DataNetUnknown");
    }
  });

  it("gives out positions itself only", async () => {
    const { abi } = await built("DataNetPositions");
    const positions = { address: await read<`0x${string}`>("positions", []), abi };
    await assertReverts(world.chain.send(positions, "mint", [world.people.admin, 7n]), "NotRegistry");
  });
});
