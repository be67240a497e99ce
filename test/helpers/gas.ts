import type { Contract } from "./chain.ts";
import { claimOf, claimTuple, commitBatch, FEES, serve, settle, statementTuple } from "./story.ts";
import { provedByTrapdoor } from "./trapdoor.ts";
import { honestClaim } from "./vault-claims.ts";
import { deployWorld } from "./world.ts";

/** What one transaction of each kind costs, in gas. */
export type GasReport = Readonly<Record<string, number>>;

const POSITIONS = 12;

/**
 * Measures a DataNet of mini with twelve positions, in full batches, with a prover's share that goes to a recipient.
 * "first" is where a slot goes from zero: a DataNet's first settlement, a position's first claim.
 */
export async function measureGas(): Promise<GasReport> {
  const world = await deployWorld();
  const served = await serve(world, POSITIONS);
  const gas: Record<string, number> = {};
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
  await settle(world, await commitBatch(world, served, 4n, FEES), share, 2n);
  const next = await commit("commitBatch", 8n);
  gas.verify = await gasOfView(world.verifier, [
    statementTuple(next.statement),
    claimTuple(share),
    provedByTrapdoor(next.statement, share, 3n),
  ]);
  gas.settle = Number((await settle(world, next, share, 3n)).receipt.gasUsed);

  const totals = [...payouts.map((units) => 3n * units), ...new Array<bigint>(16 - POSITIONS).fill(0n)];
  const claim = async (name: string, amounts: readonly bigint[]) => {
    const item = await honestClaim(world, served, amounts, 0);
    gas[name] = Number((await world.chain.send(world.vault, "claim", [item])).receipt.gasUsed);
  };
  await claim("claim, first", totals);
  await settle(world, await commitBatch(world, served, 12n, FEES), share, 4n);
  const later = totals.map((units, c) => units + (payouts[c] ?? 0n));
  await claim("claim", later);
  await settle(world, await commitBatch(world, served, 16n, FEES), share, 5n);
  const latest = later.map((units, c) => units + (payouts[c] ?? 0n));
  const items = await Promise.all(payouts.map((_, position) => honestClaim(world, served, latest, position)));
  gas["claimMany, 12 positions"] = Number(
    (await world.chain.send(world.vault, "claimMany", [items])).receipt.gasUsed,
  );
  await world.close();
  return gas;

  async function gasOfView({ address, abi }: Contract, args: readonly unknown[]) {
    const call = { address, abi, functionName: "verify", args, account: world.people.admin };
    return Number(await world.chain.client.estimateContractGas(call));
  }
}
