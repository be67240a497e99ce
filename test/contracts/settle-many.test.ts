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
  type Served,
  serve,
  settle,
  settleMany,
  statementTuple,
} from "../helpers/story.ts";
import { commitAmounts, provedByTrapdoor } from "../helpers/trapdoor.ts";
import { claim, honestClaim } from "../helpers/vault-claims.ts";
import { balance, deployWorld, owed, type World } from "../helpers/world.ts";

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
  const reserved = () => world.chain.read<bigint>(world.reserve, "balanceOf", [served.datanetId]);
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
    await assertReverts(verify([], [], []), "ProofCountMismatch");
  });

  it("refuses a batch that comes twice", async () => {
    const [first] = batches as [Committed];
    const [share] = claims();
    const twice = settleMany(world, [first, first], [share!, share!]);
    await assertReverts(twice, "BatchNotPending");
  });

  it("pays every batch to the unit, moves the total once, and one opening claims all of it", async () => {
    const { receipt } = await settleMany(world, batches, claims());
    const pools = sum(batches.flatMap(({ statement }) => statement.pools));
    assert.equal(await owed(world, served.datanetId), sum(TOTALS));
    assert.equal(await reserved(), pools - sum(TOTALS));
    const credited = await world.chain.read(world.treasury, "creditOf", [world.people.recipient]);
    assert.equal(credited, sum(batches.map(({ proverShare }) => proverShare)));
    const events = parseEventLogs({ abi: settlementAbi, eventName: "Settled", logs: receipt.logs });
    assert.deepEqual(
      events.map(({ args }) => [args.batchKey, args.checkpoint, args.paid]),
      batches.map(({ statement }, i) => [statement.batchKey, 2n ** 24n + 1n, sum(PAYOUTS[i]!)]),
    );
    const [total] = await world.chain.read<[G1, bigint]>(world.treasury, "totalOf", [served.datanetId]);
    assert.deepEqual(total, commitAmounts(TOTALS, 16));
    await claim(world, await honestClaim(world, served, TOTALS, 3));
    assert.equal(await balance(world, world.chain.accounts[9]!.address), TOTALS[3]! * WEI_PER_UNIT);
  });

  it("refuses a batch that was settled before, alone or with others", async () => {
    const fresh = await commit();
    const [share] = claims();
    await assertReverts(settleMany(world, [fresh, batches[0]!], [share!, share!]), "BatchNotPending");
    await settleMany(world, [fresh], [share!]);
    await assertReverts(settle(world, fresh, share!), "BatchNotPending");
  });

  it("refuses batches of different indexes", async () => {
    const other = await serve(world);
    const foreign = await commitBatch(world, other, 0n, FEES);
    const [share] = claims();
    await assertReverts(settleMany(world, [await commit(), foreign], [share!, share!]), "MixedIndexes");
  });

  it("is no way to bring one DataNet's batch into the total of another", async () => {
    const { statement, batch } = await commit();
    const foreign = await commitBatch(world, await serve(world), 0n, FEES);
    const keys = [statement.batchKey, foreign.statement.batchKey];
    const args = [keys, [1n, 1n], [batch.operator, batch.operator], { x: 0n, y: 0n }];
    await assertReverts(
      world.chain.sendAs(world.settlement.address, world.treasury, "releaseMany", args),
      "MixedDataNets",
    );
  });

  it("leaves the release of batches to the settlement contract", async () => {
    const { batch, statement } = await commit();
    const args = [[statement.batchKey], [1n], [batch.operator], { x: 0n, y: 0n }];
    await assertReverts(world.chain.send(world.treasury, "releaseMany", args), "NotSettlement");
  });
});
