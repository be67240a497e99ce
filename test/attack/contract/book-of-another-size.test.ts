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
/** In the larger book row 8 earns, and row 1 does not: ω₁₂₈⁸ = ω₁₆. */
const LARGE = Array.from({ length: C }, (_, c) => (c === 8 ? 150_000n : c === 1 ? 7n : 0n));

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
  const committed: Committed = await commitBatch(inLarge, large, 0n, [300_000n], 9n);
  await settle(world, committed, claimOf(LARGE.slice(0, 20), undefined, "small"));
  return { world, served, large };
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
  assert.deepEqual(await Promise.all(read), [20n, 7n, 150_000n, 0n]);
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
