import type { Fork } from "../../src/cli/forks.ts";
import type { Contract, TestChain } from "./chain.ts";
import { PERIOD_SECONDS } from "./settlement-gas.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, settle, statementTuple } from "./story.ts";
import { provedByTrapdoor } from "./trapdoor.ts";
import { honestClaim } from "./vault-claims.ts";
import { deployWorld, type World } from "./world.ts";

/** What one transaction of each kind costs, in gas. */
export type GasReport = Readonly<Record<string, number>>;

/** The forks that costs are told for: today's main network's, and the next one's. */
export const GAS_FORKS = ["osaka", "amsterdam"] as const;
export type GasByFork = Readonly<Record<(typeof GAS_FORKS)[number], GasReport>>;

/** Measures a chain at each of these forks. @param start a new chain at a fork */
export async function measureForks(start: (fork: Fork) => Promise<TestChain>): Promise<GasByFork> {
  const [osaka, amsterdam] = GAS_FORKS;
  return {
    [osaka]: await measureGas(await start(osaka)),
    [amsterdam]: await measureGas(await start(amsterdam)),
  };
}

const POSITIONS = 12;

const deployments = (world: World): Record<string, number> => ({
  "deploy OpenToken": Number(world.open.gasUsed),
  "deploy DataNetRegistry": Number(world.datanets.gasUsed),
  "deploy VerifierRouter": Number(world.router.gasUsed),
  "deploy ModelRegistry": Number(world.models.gasUsed),
  "deploy Treasury": Number(world.treasury.gasUsed),
  "deploy DataNetReserve": Number(world.reserve.gasUsed),
  "deploy Settlement": Number(world.settlement.gasUsed),
  "deploy AttributionVerifier": Number(world.verifier.gasUsed),
});

/**
 * Measures the deployments, and a DataNet of mini with twelve positions, in full batches, with a prover's share that goes to a
 * recipient. The chain is closed at the end.
 *
 * "first" of a DataNet fills slots that were zero; a "fresh place" is one that no total was kept in before, as in a DataNet's
 * first two days. A claim for an account that has no OPEN yet fills that account's slot of the token.
 */
export async function measureGas(chain: TestChain): Promise<GasReport> {
  const world = await deployWorld({ chain });
  const served = await serve(world, POSITIONS);
  const gas: Record<string, number> = deployments(world);
  const payouts = Array.from({ length: POSITIONS }, (_, c) => BigInt(1_000 + 977 * c));
  const share = claimOf(payouts, world.people.recipient);

  const commit = async (name: string, n0: bigint) => {
    const committed = await commitBatch(world, served, n0, FEES);
    const { gasUsed } = await world.chain.client.getTransactionReceipt({ hash: await lastTransaction() });
    gas[name] = Number(gasUsed);
    return committed;
  };
  const lastTransaction = async () => (await world.chain.client.getBlock()).transactions[0] as `0x${string}`;

  const first = await commit("commitBatch, first", 0n);
  gas["settle, first"] = Number((await settle(world, first, share)).receipt.gasUsed);
  const fresh = await commitBatch(world, served, 4n, FEES);
  gas["settle, fresh place"] = Number((await settle(world, fresh, share, 2n)).receipt.gasUsed);
  await world.chain.wait(PERIOD_SECONDS);
  await settle(world, await commitBatch(world, served, 8n, FEES), share, 3n);
  await world.chain.wait(PERIOD_SECONDS);
  const next = await commit("commitBatch", 12n);
  gas.verify = await gasOfView(world.verifier, [
    statementTuple(next.statement),
    claimTuple(share),
    provedByTrapdoor(next.statement, share, 3n),
  ]);
  gas.settle = Number((await settle(world, next, share, 3n)).receipt.gasUsed);

  let totals = [...payouts.map((units) => 4n * units), ...new Array<bigint>(16 - POSITIONS).fill(0n)];
  const claim = async (name: string, position: number) => {
    const item = await honestClaim(world, served, totals, position);
    gas[name] = Number((await world.chain.send(world.treasury, "claim", [item])).receipt.gasUsed);
  };
  await claim("claim, first, no OPEN before", 0);
  await world.chain.send(world.open, "transfer", [world.chain.accounts[7]!.address, 1n]);
  await claim("claim, first", 1);
  const again = async (n0: bigint) => {
    await settle(world, await commitBatch(world, served, n0, FEES), share, n0);
    totals = totals.map((units, c) => units + (payouts[c] ?? 0n));
  };
  await again(16n);
  await claim("claim", 0);
  await again(20n);
  const items = await Promise.all(payouts.map((_, position) => honestClaim(world, served, totals, position)));
  gas["claimMany, 12 positions"] = Number(
    (await world.chain.send(world.treasury, "claimMany", [items])).receipt.gasUsed,
  );
  await world.close();
  return gas;

  async function gasOfView({ address, abi }: Contract, args: readonly unknown[]) {
    const call = { address, abi, functionName: "verify", args, account: world.people.admin };
    return Number(await world.chain.client.estimateContractGas(call));
  }
}
