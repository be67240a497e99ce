import type { Claim } from "../../src/protocol/statement.ts";
import { compileSolidity } from "./compile-solidity.ts";
import { type Committed, claimTuple } from "./story.ts";
import { g1, g2 } from "./trapdoor.ts";
import type { World } from "./world.ts";

/** Puts a verifier that accepts everything behind the router, as if governance had been deceived. */
export async function addBrokenVerifier(world: World): Promise<`0x${string}`> {
  const compiled = await compileSolidity("test/contracts/solidity/YesVerifier.sol", "YesVerifier");
  const tau = await world.chain.read(world.router, "tauDigest");
  const { address } = await world.chain.deploy(compiled, [`0xdeadbeef${"00".repeat(28)}`, tau]);
  return (await world.chain.send(world.router, "add", [address])).result as `0x${string}`;
}

/** Well-formed, and a proof of nothing. */
export const NONSENSE = {
  h1: 0n,
  h2: 0n,
  y: 0n,
  cq: g1(1n),
  opening: g1(1n),
  a: g1(1n),
  b: g2(1n),
  c: g1(1n),
};

/** Settles with whatever claim, and nothing that is a proof. */
export function settleUnproven(world: World, { batch }: Committed, claim: Claim) {
  return world.chain.send(world.settlement, "settle", [batch, claimTuple(claim), NONSENSE]);
}
