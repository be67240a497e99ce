import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { parseEventLogs } from "viem";
import type { G1 } from "../../src/crypto/points.ts";
import { settlementAbi } from "../../src/generated/abis.ts";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { assertReverts } from "../helpers/reverts.ts";
import {
  type Committed,
  claimOf,
  claimTuple,
  commitBatch,
  FEES,
  releaseOf,
  type Served,
  serve,
  settle,
  settleMany,
  statementTuple,
} from "../helpers/story.ts";
import { commitAmounts, provedByTrapdoor } from "../helpers/trapdoor.ts";
import { claim, honestClaim } from "../helpers/vault-claims.ts";
import { balance, deployWorld, owed, SETTLE_WINDOW, type World } from "../helpers/world.ts";

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
const PAYOUTS = [
  [1_000n, 0n, 20_000n, 3n, 0n, 100_000n],
  [5n, 700n, 0n, 0n, 9_000n, 1n],
  [0n, 0n, 0n, 30_000n, 0n, 0n],
];
const TOTALS = Array.from({ length: 16 }, (_, c) => sum(PAYOUTS.map((payouts) => payouts[c] ?? 0n)));

describe("Settlement.settleMany", () => {
  let world: World;
  let served: Served;
  let next = 0n;
  let batches: Committed[];
  const commit = async () => {
    const committed = await commitBatch(world, served, next, FEES);
    next += BigInt(FEES.length);
    return committed;
  };
  const reserved = () => world.chain.read<bigint>(world.reserve, "balanceOf", [served.book]);
  const claims = () => PAYOUTS.map((payouts) => claimOf(payouts, world.people.recipient));
  const proofs = () => batches.map(({ statement }, i) => provedByTrapdoor(statement, claims()[i]!, 9n));
  before(async () => {
    world = await deployWorld();
    served = await serve(world);
    batches = [await commit(), await commit(), await commit()];
  });
  after(() => world.close());

  it("refuses all where one proof is false, whichever", async () => {
    for (const i of batches.keys()) {
      const spoiled = proofs().map((proof, j) => (i === j ? { ...proof, c: proof.a } : proof));
      await assertReverts(settleMany(world, batches, claims(), spoiled), "ProofRejected");
    }
  });

  it("refuses a claim that is not the one proven, whichever", async () => {
    for (const i of batches.keys()) {
      const other = claims().map((one, j) => (i === j ? claimOf(PAYOUTS[i]!) : one));
      await assertReverts(settleMany(world, batches, other, proofs()), "ProofRejected");
    }
  });

  it("refuses proofs in another order than their batches", async () => {
    const [first, second, third] = proofs();
    await assertReverts(settleMany(world, batches, claims(), [second!, first!, third!]), "ProofRejected");
  });

  it("refuses lists of different lengths, and empty ones", async () => {
    await assertReverts(settleMany(world, batches, claims().slice(1), proofs()), "BatchCountMismatch");
    await assertReverts(settleMany(world, batches, claims(), proofs().slice(1)), "BatchCountMismatch");
    await assertReverts(settleMany(world, [], [], []), "BatchCountMismatch");
    const statements = batches.map(({ statement }) => statementTuple(statement));
    const verify = (...args: readonly unknown[][]) => world.chain.read(world.verifier, "verifyMany", args);
    const tuples = claims().map(claimTuple);
    await verify(statements, tuples, proofs());
    await assertReverts(verify(statements.slice(1), tuples, proofs()), "ProofCountMismatch");
    await assertReverts(verify(statements, [...tuples, tuples[0]!], proofs()), "ProofCountMismatch");
    await assertReverts(verify([], [], []), "ProofCountMismatch");
  });

  it("pays every batch to the unit, moves the total once, and one opening claims all of it", async () => {
    const { receipt } = await settleMany(world, batches, claims());
    const pools = sum(batches.flatMap(({ statement }) => statement.pools));
    assert.equal(await owed(world, served.book), sum(TOTALS));
    assert.equal(await reserved(), pools - sum(TOTALS));
    const credited = await world.chain.read(world.treasury, "creditOf", [world.people.recipient]);
    assert.equal(credited, sum(batches.map(({ proverShare }) => proverShare)));
    const events = parseEventLogs({ abi: settlementAbi, eventName: "Settled", logs: receipt.logs });
    assert.deepEqual(
      events.map(({ args }) => [args.batchKey, args.checkpoint, args.paid]),
      batches.map(({ statement }, i) => [statement.batchKey, 1n, sum(PAYOUTS[i]!)]),
    );
    const [total] = await world.chain.read<[G1, bigint]>(world.treasury, "totalOf", [served.book]);
    assert.deepEqual(total, commitAmounts(TOTALS, 16));
    await claim(world, await honestClaim(world, served, TOTALS, 3));
    assert.equal(await balance(world, world.chain.accounts[9]!.address), TOTALS[3]! * WEI_PER_UNIT);
  });

  it("settles a batch that comes twice once", async () => {
    const batch = await commit();
    const before = await owed(world, served.book);
    const share = claimOf(PAYOUTS[0]!);
    const { receipt } = await settleMany(world, [batch, batch], [share, share]);
    assert.equal(parseEventLogs({ abi: settlementAbi, eventName: "Settled", logs: receipt.logs }).length, 1);
    assert.equal(await owed(world, served.book), before + sum(PAYOUTS[0]!));
  });

  it("passes over batches of a group that are final already, and settles the others", async () => {
    const [fresh, expired, later] = [await commit(), await commit(), await commit()];
    await world.chain.wait(Number(SETTLE_WINDOW) + 1);
    await world.chain.send(world.treasury, "expireBatch", [expired!.batch]);
    const share = claimOf(PAYOUTS[0]!);
    const group = [batches[0]!, fresh!, expired!, later!];
    const { receipt } = await settleMany(
      world,
      group,
      group.map(() => share),
    );
    const events = parseEventLogs({ abi: settlementAbi, eventName: "Settled", logs: receipt.logs });
    assert.deepEqual(
      events.map(({ args }) => args.batchKey),
      [fresh!.statement.batchKey, later!.statement.batchKey],
    );
    const nothing = await settleMany(
      world,
      group,
      group.map(() => share),
    );
    assert.equal(nothing.receipt.logs.length, 0);
    await assertReverts(settle(world, fresh!, share), "BatchNotPending");
  });

  it("refuses a group of which one is false, whatever else is passed over", async () => {
    const [good, bad] = [await commit(), await commit()];
    const share = claimOf(PAYOUTS[0]!);
    const proofs = [good, bad].map(({ statement }) => provedByTrapdoor(statement, share));
    const first = provedByTrapdoor(batches[0]!.statement, share);
    const broken = [first, proofs[0]!, { ...proofs[1]!, c: proofs[1]!.a }];
    const group = [batches[0]!, good, bad];
    const refused = settleMany(world, group, [share, share, share], broken);
    await assertReverts(refused, "ProofRejected");
    const unknown = { ...bad, batch: { ...bad.batch, place: 99_999n } };
    const proved = [first, ...proofs];
    const never = settleMany(world, [batches[0]!, good, unknown], [share, share, share], proved);
    await assertReverts(never, "ProofRejected");
    const overwritten = await commitBatch(world, served, next, FEES, batches[0]!.batch.place);
    next += 4n;
    const forgotten = settleMany(world, group, [share, share, share], proved);
    await assertReverts(forgotten, "BatchNotPending");
    await settleMany(world, [overwritten, good, bad], [share, share, share]);
  });

  it("refuses batches of different indexes", async () => {
    const other = await serve(world);
    const foreign = await commitBatch(world, other, 0n, FEES, 1_001n);
    const [share] = claims();
    await assertReverts(settleMany(world, [await commit(), foreign], [share!, share!]), "MixedIndexes");
  });

  it("is no way to bring one book's batch into the total of another", async () => {
    const own = await commit();
    const other = await serve(world);
    const foreign = await commitBatch(world, other, 0n, FEES, 1_000n);
    const releases = [releaseOf(own, served.book, 1n), releaseOf(foreign, other.book, 1n)];
    await assertReverts(
      world.chain.sendAs(world.settlement.address, world.treasury, "releaseMany", [releases]),
      "MixedBooks",
    );
  });

  it("leaves the release of batches to the settlement contract", async () => {
    const args = [[releaseOf(await commit(), served.book, 1n)]];
    await assertReverts(world.chain.send(world.treasury, "releaseMany", args), "NotSettlement");
  });
});
