import assert from "node:assert/strict";
import { it } from "node:test";
import { WEI_PER_UNIT } from "../../../src/params/bits.ts";
import { startChain } from "../../helpers/chain.ts";
import { compileMutant } from "../../helpers/mutant-contract.ts";
import { assertReverts } from "../../helpers/reverts.ts";
import { claimOf, commitBatch, FEES, serve, settle } from "../../helpers/story.ts";
import { trapdoorKey } from "../../helpers/trapdoor.ts";
import { claim, honestClaim } from "../../helpers/vault-claims.ts";
import { balance, deployWorld, SOURCES, treasuryArguments, verifierArguments } from "../../helpers/world.ts";

const LIBRARY = "contracts/libraries/Bn254.sol";
const EARNED = [10n, 20n, 30n, 40n, 50n, 100_000n];
const FALSE = 80_000n;

/** Calls an address without code instead of a precompile: what a contract meets on a chain that lacks it. */
const lacking = (precompile: number, file = LIBRARY) => ({
  file,
  remove: `staticcall(gas(), ${precompile},`,
  insert: `staticcall(gas(), 0xdead${precompile},`,
});

it("on a chain without the pairing there is no vault", async () => {
  const chain = await startChain();
  const vault = await compileMutant(SOURCES.Treasury, lacking(8));
  const { address } = chain.admin;
  const deployed = chain.deploy(vault, treasuryArguments(address, address, trapdoorKey("mini").tau));
  await assertReverts(deployed, "PointRefused");
  await chain.close();
});

it("on a chain without the addition or the pairing there is no verifier", async () => {
  const chain = await startChain();
  for (const precompile of [6, 8]) {
    const verifier = await compileMutant(SOURCES.AttributionVerifier, lacking(precompile));
    await assertReverts(chain.deploy(verifier, verifierArguments(trapdoorKey("mini"))), "PointRefused");
  }
  await chain.close();
});

/** Settles twice: the second settlement reads the first one's total back, which takes a square root. */
async function settleTwice() {
  const root = "contracts/libraries/CompressedPoint.sol";
  const Treasury = await compileMutant(SOURCES.Treasury, lacking(5, root));
  const world = await deployWorld({ mutants: { Treasury } });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(EARNED));
  const second = await commitBatch(world, served, 4n, FEES);
  await settle(world, second, claimOf(EARNED), 2n).finally(world.close);
}

it("without modular exponentiation no total is moved", async () => {
  await assertReverts(settleTwice(), "PointRefused");
});

it("bites: a vault that does not look at the answer's size takes what lay in memory for it", async () => {
  const sizeUnseen = { file: LIBRARY, remove: "ok := and(ok, eq(returndatasize(), 32))" };
  const Treasury = await compileMutant(SOURCES.Treasury, lacking(8), sizeUnseen);
  const world = await deployWorld({ mutants: { Treasury } });
  const served = await serve(world);
  await settle(world, await commitBatch(world, served, 0n, FEES), claimOf(EARNED));
  await claim(world, { ...(await honestClaim(world, served, EARNED, 1)), cumulative: FALSE });
  assert.equal(await balance(world, world.chain.accounts[7]!.address), FALSE * WEI_PER_UNIT);
  await world.close();
});
