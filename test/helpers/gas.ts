import type { Fork } from "../../src/cli/forks.ts";
import type { Contract, TestChain } from "./chain.ts";
import { PERIOD_SECONDS } from "./settlement-gas.ts";
import {
  type Committed,
  claimOf,
  claimTuple,
  commitBatch,
  FEES,
  serve,
  settle,
  statementTuple,
} from "./story.ts";
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
 * "first" of a DataNet fills slots that were zero; a "fresh place" is one that no batch, or no total, was kept in before: a book
 * has four for totals, an operator as many as it has batches pending at once. A claim for an account that has no OPEN yet fills
 * that account's slot of the token.
 */
export async function measureGas(chain: TestChain): Promise<GasReport> {
  const world = await deployWorld({ chain });
  const served = await serve(world, POSITIONS);
  const gas: Record<string, number> = deployments(world);
  const payouts = Array.from({ length: POSITIONS }, (_, c) => BigInt(1_000 + 977 * c));
  const share = claimOf(payouts, world.people.recipient);
  let settled = 0;
  let number = 0n;

  const commit = async (name?: string, place = 0n) => {
    const committed = await commitBatch(world, served, number, FEES, place);
    number += BigInt(FEES.length);
    const { gasUsed } = await world.chain.client.getTransactionReceipt({ hash: await lastTransaction() });
    if (name !== undefined) gas[name] = Number(gasUsed);
    return committed;
  };
  const lastTransaction = async () => (await world.chain.client.getBlock()).transactions[0] as `0x${string}`;
  const bring = async (committed: Committed, name?: string) => {
    const { receipt } = await settle(world, committed, share, committed.statement.n0 + 1n);
    if (name !== undefined) gas[name] = Number(receipt.gasUsed);
    settled++;
  };

  await bring(await commit("commitBatch, first"), "settle, first");
  await bring(await commit("commitBatch, fresh place", 1n), "settle, fresh place");
  await bring(await commit());
  await bring(await commit());
  await world.chain.wait(PERIOD_SECONDS);
  await bring(await commit(), "settle, first of the second day");
  await world.chain.wait(PERIOD_SECONDS);
  await bring(await commit());
  const next = await commit("commitBatch");
  gas.verify = await gasOfView(world.verifier, [
    statementTuple(next.statement),
    claimTuple(share),
    provedByTrapdoor(next.statement, share, 3n),
  ]);
  await bring(next, "settle");
  const fees = FEES.reduce((sum, fee) => sum + fee, 0n);
  const operator = world.chain.accounts[2]!;
  const deposited = await world.chain.send(world.treasury, "deposit", [10n * fees], operator);
  gas["deposit, first"] = Number(deposited.receipt.gasUsed);
  await bring(await commit("commitBatch, from a deposit"));

  let totals = [
    ...payouts.map((units) => BigInt(settled) * units),
    ...new Array<bigint>(16 - POSITIONS).fill(0n),
  ];
  const claim = async (name: string, position: number) => {
    const item = await honestClaim(world, served, totals, position);
    gas[name] = Number((await world.chain.send(world.treasury, "claim", [item])).receipt.gasUsed);
  };
  await claim("claim, first, no OPEN before", 0);
  await world.chain.send(world.open, "transfer", [world.chain.accounts[7]!.address, 1n]);
  await claim("claim, first", 1);
  const again = async () => {
    await bring(await commit());
    totals = totals.map((units, c) => units + (payouts[c] ?? 0n));
  };
  await again();
  await claim("claim", 0);
  await again();
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
