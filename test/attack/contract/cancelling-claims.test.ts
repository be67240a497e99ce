import assert from "node:assert/strict";
import { it } from "node:test";
import { concat, encodeAbiParameters, keccak256 } from "viem";
import { inverse, mod, pow, R, rootOfUnity } from "../../../src/crypto/field.ts";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { addPoints } from "../../helpers/proof-points.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { g1 } from "../../helpers/trapdoor.ts";
import { honestClaim } from "../../helpers/vault-claims.ts";
import {
  balance,
  deployWorld,
  type Mutants,
  SOURCES,
  TREASURY_PARTS,
  type World,
} from "../../helpers/world.ts";

const C = 16;
const EARNED = [10n, 20n, 30n, 40n, 50n, 100_000n, ...new Array<bigint>(C - 6).fill(0n)];
const STOLEN = 80_000n;

const word = (i: number) => encodeAbiParameters([{ type: "uint256" }], [BigInt(i)]);
const reduced = (hash: string) => BigInt(hash) % R;
type Weights = (world: World, count: number) => bigint[];

/** The combination's weights where nothing but the number of items is hashed: known before any opening is chosen. */
const ofCount: Weights = (world, count) => {
  const words = [{ type: "uint256" }, { type: "address" }, { type: "uint256" }] as const;
  const seed = keccak256(encodeAbiParameters(words, [31337n, world.treasury.address, BigInt(count)]));
  return Array.from({ length: count }, (_, i) => reduced(keccak256(concat([seed, word(i)]))));
};
/** Where each hashes its own number only. */
const ofNumber: Weights = (_world, count) =>
  Array.from({ length: count }, (_, i) => reduced(keccak256(word(i))));

/** Where the claims are not hashed: the same in every call. */
const ofDeployment: Weights = (world, count) => {
  const words = [{ type: "uint256" }, { type: "address" }] as const;
  const seed = keccak256(encodeAbiParameters(words, [31337n, world.treasury.address]));
  return Array.from({ length: count }, (_, i) => reduced(keccak256(concat([seed, word(i)]))));
};
/** Where the number is not: whatever they are, they are equal. */
const ofSeed: Weights = (_world, count) => new Array<bigint>(count).fill(1n);

/**
 * Position 0 claims STOLEN more than it earned, beside an honest claim of position 1. With x = STOLEN/(z₀ − z₁), the
 * openings π₀ + x·G and π₁ − (w₀/w₁)·x·G leave w₀·(z₀ − z₁)·x·G − w₀·STOLEN·G = 0 of both errors: no secret is needed.
 */
async function cancelling(mutants: Mutants, weights: Weights) {
  const world = await deployWorld({ mutants });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(EARNED.slice(0, 6)));
  const [w0, w1] = weights(world, 2) as [bigint, bigint];
  const x = mod(STOLEN * inverse(1n - pow(rootOfUnity(C), 1n)));
  const first = await honestClaim(world, served, EARNED, 0);
  const second = await honestClaim(world, served, EARNED, 1);
  const items = [
    { ...first, cumulative: first.cumulative + STOLEN, opening: addPoints(first.opening, g1(x)) },
    { ...second, opening: addPoints(second.opening, g1(-x * w0 * inverse(w1))) },
  ];
  return {
    world,
    take: () => world.chain.send(world.treasury, "claimMany", [items]),
    received: () => balance(world, world.chain.accounts[6]!.address),
  };
}

it("openings that cancel each other's errors are refused: every weight hashes every opening", async () => {
  for (const weights of [ofCount, ofNumber, ofDeployment, ofSeed]) {
    const { world, take } = await cancelling({}, weights);
    await assertReverts(take(), "OpeningRejected");
    await world.close();
  }
});

it("bites: with weights known beforehand, a position takes what another earned", async () => {
  for (const [weights, remove, insert] of [
    [
      ofCount,
      "abi.encode(block.chainid, address(this), items)",
      "abi.encode(block.chainid, address(this), items.length)",
    ],
    [ofNumber, "abi.encode(seed, i)", "abi.encode(i)"],
    [
      ofDeployment,
      "abi.encode(block.chainid, address(this), items)",
      "abi.encode(block.chainid, address(this))",
    ],
    [ofSeed, "abi.encode(seed, i)", "abi.encode(seed)"],
  ] as const) {
    const file = TREASURY_PARTS.vault;
    const Treasury = await compileMutant(SOURCES.Treasury, { file, remove, insert });
    const { world, take, received } = await cancelling({ Treasury }, weights);
    await take();
    assert.equal(await received(), (EARNED[0]! + STOLEN) * WEI_PER_UNIT);
    await world.close();
  }
});
