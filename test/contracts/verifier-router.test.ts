import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { encodeFunctionData, getAddress } from "viem";
import { keyDigest } from "../../src/protocol/transcript.ts";
import { compileSolidity } from "../helpers/compile-solidity.ts";
import { eventsOf } from "../helpers/events.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, statementTuple } from "../helpers/story.ts";
import { g2, provedByTrapdoor, trapdoorKey } from "../helpers/trapdoor.ts";
import { built, deployWorld, verifierArguments, type World } from "../helpers/world.ts";

describe("VerifierRouter", () => {
  let world: World;
  before(async () => {
    world = await deployWorld();
  });
  after(() => world.close());
  const send = (name: string, args: readonly unknown[], from = 0) =>
    world.chain.send(world.router, name, args, world.chain.accounts[from]);
  const verifierFor = async (delta: bigint, tau = trapdoorKey("mini").tau) => {
    const key = { ...trapdoorKey("mini"), delta: g2(delta), tau };
    const { address } = await world.chain.deploy(await built("AttributionVerifier"), verifierArguments(key));
    return { address, selector: keyDigest(key).slice(0, 10), keyDigest: keyDigest(key) };
  };
  const verifierOf = (selector: string) => world.chain.read(world.router, "verifierOf", [selector]);

  it("routes by the first four bytes of the key's digest", async () => {
    assert.equal(world.selector, keyDigest(world.key).slice(0, 10));
    assert.equal(
      String(await verifierOf(world.selector)).toLowerCase(),
      world.verifier.address.toLowerCase(),
    );
    await assertReverts(verifierOf("0x00000001"), "SelectorUnknown");
  });

  it("verifies through the route, and reverts on a changed claim", async () => {
    const { statement } = await commitBatch(world, await serve(world), 0n, FEES);
    const claim = claimOf([1n, 2n, 3n, 4n, 5n, 6n]);
    const proof = provedByTrapdoor(statement, claim);
    const verify = (change: object) =>
      world.chain.read(world.router, "verify", [
        world.selector,
        statementTuple(statement),
        { ...claimTuple(claim), ...change },
        proof,
      ]);
    await verify({});
    await assertReverts(verify({ unattributed: 1n }), "ProofRejected");
  });

  it("announces what changes, its first guardian too", async () => {
    const events = (sent: Awaited<ReturnType<typeof send>>, name: string) =>
      eventsOf(world.router, sent, name);
    const { address, selector, keyDigest } = await verifierFor(90_023n);
    const added = await send("add", [address]);
    const verifier = getAddress(address);
    assert.deepEqual(events(added, "VerifierAdded"), [{ selector, verifier, keyDigest }]);
    // The owner may stop, too.
    assert.deepEqual(events(await send("stop", [selector]), "VerifierStopped"), [{ selector }]);
    assert.deepEqual(events(await send("remove", [selector]), "VerifierRemoved"), [{ selector }]);
    const { guardian } = world.people;
    assert.deepEqual(events(await send("setGuardian", [guardian]), "GuardianChanged"), [{ guardian }]);
    const { abi, address: router } = world.router;
    const all = { abi, address: router, eventName: "GuardianChanged", fromBlock: 0n } as const;
    const logs = await world.chain.client.getContractEvents(all);
    assert.equal(logs.length, 2);
    assert.equal(await world.chain.read(world.router, "guardian"), guardian);
  });

  it("lets the owner add, and remove for ever", async () => {
    const { address, selector } = await verifierFor(90_001n);
    await assertReverts(send("add", [address], 1), "OwnableUnauthorizedAccount");
    await send("add", [address]);
    await assertReverts(send("add", [address]), "SelectorTaken");
    await assertReverts(send("remove", [selector], 1), "OwnableUnauthorizedAccount");
    await send("remove", [selector]);
    await assertReverts(verifierOf(selector), "SelectorRemoved");
    await assertReverts(send("add", [address]), "SelectorTaken");
    await assertReverts(send("remove", [selector]), "SelectorRemoved");
    await assertReverts(send("remove", ["0x00000001"]), "SelectorUnknown");
  });

  it("lets the guardian stop, one way, and do nothing else", async () => {
    const { address, selector } = await verifierFor(90_007n);
    await send("add", [address]);
    await assertReverts(send("stop", [selector], 2), "NotGuardian");
    await send("stop", [selector], 1);
    await assertReverts(verifierOf(selector), "SelectorStopped");
    await assertReverts(send("stop", [selector], 1), "SelectorStopped");
    await assertReverts(send("add", [address]), "SelectorTaken");
    await send("remove", [selector]);
    await assertReverts(verifierOf(selector), "SelectorRemoved");
    await assertReverts(send("setGuardian", [world.people.operator], 1), "OwnableUnauthorizedAccount");
  });

  it("changes the guardian at the owner's word", async () => {
    await send("setGuardian", [world.people.operator]);
    const { address, selector } = await verifierFor(90_011n);
    await send("add", [address]);
    await assertReverts(send("stop", [selector], 1), "NotGuardian");
    await send("stop", [selector], 2);
    await send("setGuardian", [world.people.guardian]);
  });

  it("refuses a verifier over another reference string", async () => {
    const { address } = await verifierFor(90_017n, g2(5n));
    await assertReverts(send("add", [address]), "ForeignTau");
  });

  it("can be owned by a timelock", async () => {
    const source = "@openzeppelin/contracts/governance/TimelockController.sol";
    const compiled = await compileSolidity(source, "TimelockController");
    const { admin } = world.people;
    const delay = 3_600n;
    const nobody = `0x${"00".repeat(20)}` as const;
    const timelock = await world.chain.deploy(compiled, [delay, [admin], [admin], nobody]);
    await send("transferOwnership", [timelock.address]);
    const through = async (functionName: string, args: readonly unknown[]) => {
      const data = encodeFunctionData({ abi: world.router.abi, functionName, args });
      const zero = `0x${"00".repeat(32)}`;
      const operation = [world.router.address, 0n, data, zero, zero];
      await world.chain.send(timelock, "schedule", [...operation, delay]);
      await world.chain.wait(Number(delay));
      await world.chain.send(timelock, "execute", operation);
    };
    await through("acceptOwnership", []);
    const { address, selector } = await verifierFor(90_019n);
    await assertReverts(send("add", [address]), "OwnableUnauthorizedAccount");
    await through("add", [address]);
    assert.equal(String(await verifierOf(selector)).toLowerCase(), address.toLowerCase());
  });
});
