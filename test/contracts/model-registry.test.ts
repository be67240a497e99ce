import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { P } from "../../src/crypto/field.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";
import { eventsOf } from "../helpers/events.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { indexRegistration, type Served, SPLIT, serve } from "../helpers/story.ts";
import { trapdoorKey } from "../helpers/trapdoor.ts";
import { built, deployWorld, verifierArguments, type World } from "../helpers/world.ts";

const DIGEST = `0x${"ab".repeat(32)}`;

describe("ModelRegistry", () => {
  let world: World;
  let served: Served;
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
  });
  after(() => world.close());
  const send = (name: string, args: readonly unknown[], from = 0) =>
    world.chain.send(world.models, name, args, world.chain.accounts[from]);
  const register = (change: object, from = 0) =>
    send("registerIndex", [{ ...indexRegistration(world, served.modelId), ...change }], from);

  it("keeps an index with the tier of its verifier and the positions of its day", async () => {
    const index = await world.chain.read<Record<string, unknown>>(world.models, "indexOf", [served.indexId]);
    assert.equal(index.positions, served.positions);
    assert.deepEqual(index.tier, { traces: 4, positions: 16, width: 63 });
    assert.deepEqual(index.split, SPLIT);
    assert.equal(index.selector, world.selector);
    await world.chain.send(world.datanets, "join", [served.datanetId, [world.people.admin]]);
    const later = await world.chain.read<Record<string, unknown>>(world.models, "indexOf", [served.indexId]);
    assert.deepEqual(later, index);
    const { result } = await register({});
    const next = await world.chain.read<{ positions: number }>(world.models, "indexOf", [result]);
    assert.equal(next.positions, served.positions + 1);
  });

  it("announces an index, and keeps what it was registered with", async () => {
    const sent = await register({});
    const { datasetVersion, ...given } = indexRegistration(world, served.modelId);
    const { datanetId } = served;
    const positions = await world.chain.read<bigint>(world.datanets, "positionCount", [datanetId]);
    assert.deepEqual(eventsOf(world.models, sent, "IndexRegistered"), [
      { indexId: sent.result, datanetId, positions, ...given },
    ]);
    const kept = await world.chain.read<object>(world.models, "indexOf", [sent.result]);
    assert.deepEqual(kept, {
      ...given,
      datanetId,
      datasetVersion: Number(datasetVersion),
      positions: Number(positions),
      registeredAt: sent.receipt.blockNumber,
      tier: { traces: 4, positions: 16, width: 63 },
    });
  });

  it("announces a model, and keeps it", async () => {
    const base = `0x${"cd".repeat(32)}`;
    const sent = await send("registerModel", [served.datanetId, base, DIGEST], 2);
    const model = { datanetId: served.datanetId, baseDigest: base, adapterDigest: DIGEST };
    const owner = world.people.operator;
    assert.deepEqual(eventsOf(world.models, sent, "ModelRegistered"), [
      { modelId: sent.result, owner, ...model },
    ]);
    assert.deepEqual(await world.chain.read(world.models, "modelOf", [sent.result]), { owner, ...model });
    assert.equal(await world.chain.read(world.models, "modelCount"), sent.result);
  });

  it("counts from 1", async () => {
    for (const id of [0n, 99n]) {
      await assertReverts(world.chain.read(world.models, "indexOf", [id]), "IndexUnknown");
      await assertReverts(world.chain.read(world.models, "modelOf", [id]), "ModelUnknown");
    }
    assert.equal(served.indexId, 1n);
  });

  it("obeys the model's owner only", async () => {
    await assertReverts(register({}, 1), "NotModelOwner");
    await assertReverts(
      send("setOperator", [served.indexId, world.people.stakers, true], 1),
      "NotModelOwner",
    );
  });

  it("takes back an operator", async () => {
    const { operator } = world.people;
    const allowed = () => world.chain.read(world.models, "isOperator", [served.indexId, operator]);
    const changed = await send("setOperator", [served.indexId, operator, false]);
    const { indexId } = served;
    assert.deepEqual(eventsOf(world.models, changed, "OperatorChanged"), [
      { indexId, operator, allowed: false },
    ]);
    assert.equal(await allowed(), false);
    await send("setOperator", [served.indexId, operator, true]);
    assert.equal(await allowed(), true);
  });

  it("takes a commitment on the curve that is not infinity", async () => {
    await assertReverts(register({ commitment: { x: 0n, y: 0n } }), "CommitmentIsInfinity");
    await assertReverts(register({ commitment: { x: 1n, y: 3n } }), "PointRefused");
    await assertReverts(register({ commitment: { x: 1n + P, y: 2n } }), "PointRefused");
    await register({ commitment: { x: 1n, y: 2n } });
  });

  it("leaves something to contributors", async () => {
    const all = { platform: 4_000, modelOwner: 3_000, stakers: 2_000, prover: 1_000 };
    await assertReverts(register({ split: all }), "SplitTooLarge");
    await register({ split: { ...all, prover: 999 } });
  });

  it("takes a known version, verifier and DataNet", async () => {
    await assertReverts(register({ datasetVersion: 2n }), "VersionUnknown");
    await assertReverts(register({ selector: "0x01020304" }), "SelectorUnknown");
    await assertReverts(register({ modelId: 99n }), "ModelUnknown");
    await assertReverts(send("registerModel", [99n, DIGEST, DIGEST]), "DataNetUnknown");
  });

  it("opens a book for each verifier that the DataNet's owner admits, of its tier's size", async () => {
    const small: VerifyingKey = trapdoorKey("small");
    const verifier = await world.chain.deploy(await built("AttributionVerifier"), verifierArguments(small));
    const { result: selector } = await world.chain.send(world.router, "add", [verifier.address]);
    const terms = (of: unknown) => world.chain.read(world.models, "bookTerms", [served.datanetId, of]);
    assert.deepEqual(await terms(selector), [0n, 0n]);
    const registered = await register({ selector });
    const { datanetId } = served;
    assert.deepEqual(eventsOf(world.models, registered, "VerifierAdmitted"), [
      { datanetId, selector, capacity: 128n },
    ]);
    assert.deepEqual(
      [await terms(served.selector), await terms(selector)],
      [
        [16n, 1n],
        [128n, 2n],
      ],
    );
    const { tier } = await world.chain.read<{ tier: { positions: number } }>(world.models, "indexOf", [
      registered.result,
    ]);
    assert.equal(tier.positions, 128);
    const again = await send("admitVerifier", [served.datanetId, selector]);
    assert.equal(again.receipt.logs.length, 0);
    assert.deepEqual(await terms(selector), [128n, 2n]);
  });

  it("refuses a tier with fewer positions than the DataNet has", async () => {
    const people = Array.from({ length: 17 }, () => world.people.admin);
    const count = await world.chain.read<bigint>(world.datanets, "positionCount", [served.datanetId]);
    await world.chain.send(world.datanets, "join", [served.datanetId, people.slice(Number(count))]);
    await assertReverts(register({}), "TierTooSmall");
  });

  it("refuses an index of a DataNet that nobody joined", async () => {
    const { result: empty } = await world.chain.send(world.datanets, "create", ["empty"]);
    await world.chain.send(world.datanets, "addVersion", [empty, DIGEST, 1n]);
    const { result: modelId } = await send("registerModel", [empty, DIGEST, DIGEST]);
    await assertReverts(register({ modelId }), "NoPositions");
  });
});
