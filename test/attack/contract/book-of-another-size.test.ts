import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import {
  type Committed,
  claimOf,
  commitBatch,
  FEES,
  indexRegistration,
  serve,
  settle,
} from "../../helpers/story.ts";
import { trapdoorKey } from "../../helpers/trapdoor.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import {
  balance,
  built,
  deployWorld,
  type Mutants,
  SOURCES,
  TREASURY_PARTS,
  verifierArguments,
} from "../../helpers/world.ts";

const SMALL = trapdoorKey("small");
const C = TIERS.small.positions;
const MINI_FIRST = [10n, 20n, 30n, 40n, 50n, 60n];
/** In the larger book row 8 earns, and row 1 little: ω₁₂₈⁸ = ω₁₆. What rows 8 and 9 were paid lies in one word. */
const EARNS: Readonly<Record<number, bigint>> = { 1: 7n, 2: 100_000n, 8: 40_000n, 9: 11n };
const LARGE = Array.from({ length: C }, (_, c) => EARNS[c] ?? 0n);

/** A DataNet grows: first an index of mini, then more positions and an index of small, each with a settled batch. */
async function grown(mutants: Mutants) {
  const world = await deployWorld({ mutants });
  const { chain, models, datanets, router } = world;
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(MINI_FIRST));

  const more = Array.from({ length: 14 }, (_, i) => chain.accounts[6 + i]!.address);
  await chain.send(datanets, "join", [served.datanetId, more]);
  const verifier = await chain.deploy(await built("AttributionVerifier"), verifierArguments(SMALL));
  const selector = (await chain.send(router, "add", [verifier.address])).result as `0x${string}`;
  const registration = { ...indexRegistration(world, served.modelId), selector };
  const indexId = (await chain.send(models, "registerIndex", [registration])).result as bigint;
  await chain.send(models, "setOperator", [indexId, world.people.operator, true]);
  const large = {
    ...served,
    indexId,
    selector,
    positions: 20,
    book: (served.datanetId << 32n) | BigInt(selector),
  };
  const inLarge = { ...world, key: SMALL };
  let next = 0n;
  const earn = async () => {
    const committed: Committed = await commitBatch(inLarge, large, next++, [300_000n], 9n);
    await settle(world, committed, claimOf(LARGE.slice(0, 20), undefined, "small"));
  };
  await earn();
  return { world, served, large, earn };
}

it("positions keep their numbers in a larger tier's book, and are paid from both", async () => {
  const { world, served, large } = await grown({});
  const mini = [...MINI_FIRST, ...new Array<bigint>(10).fill(0n)];
  const items = [
    await honestClaim(world, served, mini, 1),
    await honestClaim(world, large, LARGE, 1, "small"),
  ];
  await world.chain.send(world.treasury, "claimMany", [items]);
  assert.equal(await balance(world, world.chain.accounts[7]!.address), (20n + 7n) * WEI_PER_UNIT);
  for (const item of items) await assertReverts(claim(world, item), "NothingToClaim");
  await claim(world, await honestClaim(world, large, LARGE, 8, "small"));
  const claimed = (book: bigint, position: number) =>
    world.chain.read(world.treasury, "claimedOf", [book, BigInt(position)]);
  const read = [
    claimed(served.book, 1),
    claimed(large.book, 1),
    claimed(large.book, 8),
    claimed(large.book, 9),
  ];
  assert.deepEqual(await Promise.all(read), [20n, 7n, LARGE[8]!, 0n]);
  const beyond = { ...items[0]!, position: 16n };
  await assertReverts(claim(world, beyond), "PositionOutOfRange");
  await world.close();
});

it("bites: with the capacity of the DataNet's first book, a position is paid what another earned", async () => {
  const mini = keyDigest(trapdoorKey("mini")).slice(0, 10);
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.vault,
    remove: "MODELS.bookTerms(book >> 32, bytes4(uint32(book)))",
    insert: `MODELS.bookTerms(book >> 32, bytes4(${mini}))`,
  });
  const { world, large } = await grown({ Treasury });
  const stolen = await honestClaim(world, large, LARGE, 8, "small");
  await claim(world, { ...stolen, position: 1n });
  assert.equal(await balance(world, world.chain.accounts[7]!.address), LARGE[8]! * WEI_PER_UNIT);
  await world.close();
});

it("bites: where nobody notes what another book paid, it pays twice", async () => {
  const Treasury = await compileMutant(SOURCES.Treasury, {
    file: TREASURY_PARTS.vault,
    remove:
      "if (item.cumulative > claimed) words[item.position >> 1] = word ^ ((claimed ^ item.cumulative) << shift);",
  });
  const { world, large } = await grown({ Treasury });
  const item = await honestClaim(world, large, LARGE, 1, "small");
  await claim(world, item);
  await claim(world, item);
  assert.equal(await balance(world, world.chain.accounts[7]!.address), 14n * WEI_PER_UNIT);
  await world.close();
});

const TWICE = LARGE.map((units) => 2n * units);

/** Rows 8 and 9 claim in the larger book, earn as much again, and claim that; then their first claims come once more. */
async function neighbours(mutants: Mutants) {
  const { world, large, earn } = await grown(mutants);
  const claims = (amounts: readonly bigint[]) =>
    Promise.all([8, 9].map((position) => honestClaim(world, large, amounts, position, "small")));
  const first = await claims(LARGE);
  for (const item of first) await claim(world, item);
  await earn();
  const second = await claims(TWICE);
  for (const item of second.toReversed()) await claim(world, item);
  const many = (items: readonly object[]) => world.chain.send(world.treasury, "claimMany", [items]);
  const again = async () => [(await many(first)).result, (await many(second)).result];
  const noted = (c: number) => world.chain.read(world.treasury, "claimedOf", [large.book, BigInt(c)]);
  const received = () => Promise.all([8, 9].map((c) => balance(world, world.chain.accounts[c]!.address)));
  return { world, again, received, noted };
}

it("positions that share a word are paid apart, and an older claim lowers nothing", async () => {
  const { world, again, received, noted } = await neighbours({});
  assert.deepEqual(await again(), [0n, 0n]);
  assert.deepEqual(
    await received(),
    [8, 9].map((c) => TWICE[c]! * WEI_PER_UNIT),
  );
  assert.deepEqual([await noted(8), await noted(9)], [TWICE[8], TWICE[9]]);
  await world.close();
});

it("bites: where one is written over the other, or an older claim over a newer, it is paid again", async () => {
  const noted = {
    file: TREASURY_PARTS.vault,
    remove:
      "if (item.cumulative > claimed) words[item.position >> 1] = word ^ ((claimed ^ item.cumulative) << shift);",
  };
  const alone = "if (item.cumulative > claimed) words[item.position >> 1] = item.cumulative << shift;";
  const always = "words[item.position >> 1] = word ^ ((claimed ^ item.cumulative) << shift);";
  for (const insert of [alone, always]) {
    const Treasury = await compileMutant(SOURCES.Treasury, { ...noted, insert });
    const { world, again } = await neighbours({ Treasury });
    assert.notDeepEqual(await again(), [0n, 0n]);
    await world.close();
  }
});
