import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { parseEventLogs } from "viem";
import { unpack } from "../../src/crypto/packing.ts";
import { settlementAbi } from "../../src/generated/abis.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { claimOf, claimTuple, commitBatch, FEES, type Served, serve, settle } from "../helpers/story.ts";
import { g1, provedByTrapdoor } from "../helpers/trapdoor.ts";
import { built, deployWorld, owed, type World } from "../helpers/world.ts";

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
const PAYOUTS = [1_000n, 0n, 20_000n, 3n, 0n, 100_000n];

describe("Settlement", () => {
  let world: World;
  let served: Served;
  let next = 0n;
  const commit = async () => {
    const committed = await commitBatch(world, served, next, FEES);
    next += BigInt(FEES.length);
    return committed;
  };
  const reserved = () => world.chain.read<bigint>(world.reserve, "balanceOf", [served.book]);
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
  });
  after(() => world.close());

  it("pays a batch on proof, to the wei, and publishes the payouts", async () => {
    const committed = await commit();
    const pool = sum(committed.statement.pools);
    const { receipt } = await settle(world, committed, claimOf(PAYOUTS, world.people.recipient));
    assert.equal(await owed(world, served.book), sum(PAYOUTS));
    assert.equal(await reserved(), pool - sum(PAYOUTS));
    const credited = await world.chain.read(world.treasury, "creditOf", [world.people.recipient]);
    assert.equal(credited, committed.proverShare);
    const [event] = parseEventLogs({ abi: settlementAbi, eventName: "Settled", logs: receipt.logs });
    assert.deepEqual(unpack("amount", event!.args.payoutWords, served.positions), PAYOUTS);
    assert.equal(event!.args.checkpoint, 1n);
    assert.equal(event!.args.paid, sum(PAYOUTS));
  });

  it("leaves the prover's share to the reserve where the claim names nobody", async () => {
    const committed = await commit();
    const before = await reserved();
    await settle(world, committed, claimOf(PAYOUTS));
    const due = sum(committed.statement.pools) - sum(PAYOUTS) + committed.proverShare;
    assert.equal(await reserved(), before + due);
  });

  it("settles a batch that is not full", async () => {
    const committed = await commitBatch(world, served, next, [30_000n]);
    next += 1n;
    await settle(world, committed, claimOf([20_000n, 0n, 0n, 0n, 0n, 0n]));
  });

  it("refuses payouts above the pool", async () => {
    const committed = await commit();
    const claim = claimOf([sum(committed.statement.pools) + 1n, 0n, 0n, 0n, 0n, 0n]);
    await assertReverts(settle(world, committed, claim), "PayoutsExceedPool");
  });

  it("refuses a batch that differs from the committed one in any field", async () => {
    const { batch, statement } = await commit();
    const claim = claimOf(PAYOUTS);
    const proof = provedByTrapdoor(statement, claim);
    const changes = [
      { index: { ...batch.index, datanetId: batch.index.datanetId + 1n } },
      { index: { ...batch.index, commitment: g1(5n) } },
      { n0: batch.n0 + 1n },
      { operator: world.people.admin },
      { deadline: batch.deadline + 1n },
      { place: batch.place + 1n },
      { proverShare: batch.proverShare + 1n },
      { poolWords: [batch.poolWords[0]! + 1n] },
      { traces: [...batch.traces.slice(1), batch.traces[0]!] },
    ];
    const send = (change: object) =>
      world.chain.send(world.settlement, "settle", [{ ...batch, ...change }, claimTuple(claim), proof]);
    for (const change of changes) await assertReverts(send(change), "ProofRejected");
    const { index } = batch;
    await assertReverts(send({ index: { ...index, selector: "0x01020304" } }), "SelectorUnknown");
    await assertReverts(send({ index: { ...index, positions: index.positions + 4n } }), "WordCountMismatch");
    await send({});
  });

  it("is not deployed over a router and a treasury of different strings", async () => {
    const { chain, treasury, people } = world;
    const stranger = await chain.deploy(await built("VerifierRouter"), [
      people.admin,
      people.guardian,
      `0x${"11".repeat(32)}`,
    ]);
    const args = [treasury.address, stranger.address];
    await assertReverts(chain.deploy(await built("Settlement"), args), "TauMismatch");
  });
});
