import assert from "node:assert/strict";
import { it } from "node:test";
import type { G1 } from "../../../src/crypto/points.ts";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import { addBrokenVerifier, settleUnproven } from "../../helpers/broken-key.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, indexRegistration, serve, settle } from "../../helpers/story.ts";
import { g1, trapdoorKey } from "../../helpers/trapdoor.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, type Mutants, SOURCES, TREASURY_PARTS } from "../../helpers/world.ts";

/** What the forged total says that every position earned: far more than its batch brought. */
const GRAB = 100_000n;
const PAYOUTS = [10n, 20n, 30n, 40n, 50n, 120_000n];
const EARNED = [...PAYOUTS, ...new Array<bigint>(10).fill(0n)];
const THIEF = 1;

/**
 * A DataNet takes a verifier whose key is broken. Somebody settles a small batch under it with C_P = [GRAB]₁, the constant
 * polynomial, whose opening anywhere is infinity. The verifier is stopped; honest settlements under another one follow.
 */
async function poisoned(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const { chain, models, router, treasury } = world;
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf([1n, 1n, 1n, 1n, 1n, 1n]));

  const selector = await addBrokenVerifier(world);
  const registration = { ...indexRegistration(world, served.modelId), selector };
  const indexId = (await chain.send(models, "registerIndex", [registration])).result as bigint;
  await chain.send(models, "setOperator", [indexId, world.people.operator, true]);
  const batch = await commitBatch(world, { ...served, indexId, selector }, 0n, [30_000n], 9n);
  const forged = { ...claimOf([1_000n, 0n, 0n, 0n, 0n, 0n]), payoutCommitment: g1(GRAB) };
  await settleUnproven(world, batch, forged);
  const broken = (served.datanetId << 32n) | BigInt(selector);
  const [total] = await chain.read<[G1]>(treasury, "totalOf", [broken]);
  await chain.send(router, "stop", [selector], chain.accounts[1]);

  await settle(world, await commitBatch(world, served, 4n, FEES), claimOf(PAYOUTS), 2n);
  /** The thief's claim of what the total of its choice says, from a book of its choice. */
  const take = async (book: bigint, change: object = {}) => {
    const checkpoint = (await chain.read<{ checkpoint: bigint }>(treasury, "accountOf", [book])).checkpoint;
    const opening = { x: 0n, y: 0n };
    const item = { book, checkpoint, total, position: BigInt(THIEF), cumulative: GRAB, opening, ...change };
    return claim(world, item);
  };
  return { world, served, broken, take, stolen: () => balance(world, chain.accounts[6 + THIEF]!.address) };
}

it("a total forged under a verifier that was stopped takes nothing that came under another one", async () => {
  const { world, served, broken, take } = await poisoned({});
  await assertReverts(take(broken), "FundsExceeded");
  await assertReverts(take(served.book), "CheckpointUnknown");
  const all = EARNED.map((units, c) => units + (c < 6 ? 1n : 0n));
  await claim(world, await honestClaim(world, served, all, 5));
  assert.equal(await balance(world, world.chain.accounts[11]!.address), all[5]! * WEI_PER_UNIT);
  await world.close();
});

it("bites: with one book for all of a DataNet's verifiers the forged total is paid from later money", async () => {
  const honest = keyDigest(trapdoorKey("mini")).slice(0, 10);
  const oneBook = {
    file: TREASURY_PARTS.ledgers,
    remove: "return (datanetId << 32) | uint32(selector);",
    insert: `selector; return (datanetId << 32) | uint32(bytes4(${honest}));`,
  };
  const { served, world, take, stolen } = await poisoned({
    Treasury: await compileMutant(SOURCES.Treasury, oneBook),
    Settlement: await compileMutant(SOURCES.Settlement, oneBook),
  });
  const { treasury, chain } = world;
  // T = [10^5]₁ + [f]₁ with f the honest lists' polynomial: the opening of f, and the thief's part of it beside GRAB.
  const all = EARNED.map((units, c) => units + (c < 6 ? 1n : 0n));
  const { opening, cumulative } = await honestClaim(world, served, all, THIEF);
  const [total] = await chain.read<[G1]>(treasury, "totalOf", [served.book]);
  await take(served.book, { total, opening, cumulative: cumulative + GRAB });
  assert.equal(await stolen(), (cumulative + GRAB) * WEI_PER_UNIT);
  await world.close();
});

it("bites: where a claim's total is not looked for in the book that it names, it is paid from that one", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.vault,
    remove: "ledger.requireTotal(item.book, item.checkpoint, total);",
  });
  const { world, served, take, stolen } = await poisoned({ Treasury });
  await take(served.book);
  assert.equal(await stolen(), GRAB * WEI_PER_UNIT);
  await world.close();
});
