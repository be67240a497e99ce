import { parseEventLogs } from "viem";
import type { Hex } from "../../src/core/hex.ts";
import { pack } from "../../src/crypto/packing.ts";
import type { G1 } from "../../src/crypto/points.ts";
import { treasuryAbi } from "../../src/generated/abis.ts";
import { TIERS, type TierName } from "../../src/params/tiers.ts";
import type { Claim, Proof, Statement } from "../../src/protocol/statement.ts";
import { bookOf } from "../../src/settlement/vault.ts";
import { commitAmounts, g1, INDEX_SCALAR, provedByTrapdoor } from "./trapdoor.ts";
import type { World } from "./world.ts";

export const NOBODY: Hex = "0x0000000000000000000000000000000000000000";

/** A DataNet of the world's tier with a model, an index and an operator. */
export interface Served {
  readonly datanetId: bigint;
  readonly modelId: bigint;
  readonly indexId: bigint;
  /** n. */
  readonly positions: number;
  readonly indexCommitment: G1;
  /** Of the verifier that the index is under. */
  readonly selector: Hex;
  /** The DataNet's, under that verifier. */
  readonly book: bigint;
}

export const SPLIT = { platform: 500, modelOwner: 2000, stakers: 300, prover: 200 };

/** Positions that join in one transaction. */
const JOIN_CHUNK = 128;

/** @param contributors how many positions are taken before the index is registered; contributor c is account 6 + c */
export async function serve(world: World, contributors = 6): Promise<Served> {
  const { chain, datanets, models, people } = world;
  const { result: datanetId } = await chain.send(datanets, "create", ["digits"]);
  const joining = Array.from({ length: contributors }, (_, c) => chain.accounts[6 + (c % 14)]!.address);
  for (let start = 0; start < contributors; start += JOIN_CHUNK) {
    await chain.send(datanets, "join", [datanetId, joining.slice(start, start + JOIN_CHUNK)]);
  }
  await chain.send(datanets, "addVersion", [datanetId, g1Digest(1n), 600n]);
  const { result: modelId } = await chain.send(models, "registerModel", [
    datanetId,
    g1Digest(2n),
    g1Digest(3n),
  ]);
  const indexCommitment = g1(INDEX_SCALAR);
  const { result: indexId } = await chain.send(models, "registerIndex", [
    indexRegistration(world, modelId as bigint),
  ]);
  await chain.send(models, "setOperator", [indexId, people.operator, true]);
  return {
    datanetId: datanetId as bigint,
    modelId: modelId as bigint,
    indexId: indexId as bigint,
    positions: contributors,
    indexCommitment,
    selector: world.selector,
    book: bookOf(datanetId as bigint, world.selector),
  };
}

const g1Digest = (n: bigint): Hex => `0x${n.toString(16).padStart(64, "0")}`;

/** What `serve` registers its index with. */
export const indexRegistration = (world: World, modelId: bigint) => ({
  modelId,
  datasetVersion: 1n,
  commitment: g1(INDEX_SCALAR),
  digest: g1Digest(4n),
  selector: world.selector,
  split: SPLIT,
});

/** A batch that is in escrow, with the statement that a proof is about. */
export interface Committed {
  readonly batch: {
    indexId: bigint;
    index: { datanetId: bigint; positions: bigint; selector: Hex; commitment: G1 };
    n0: bigint;
    operator: Hex;
    deadline: bigint;
    place: bigint;
    proverShare: bigint;
    poolWords: readonly bigint[];
    traces: readonly bigint[];
  };
  readonly statement: Statement;
  readonly proverShare: bigint;
}

/** Commits a batch as the operator, under the place that is the number of its first payment if no other is said. Fees in units. */
export async function commitBatch(
  world: World,
  served: Served,
  n0: bigint,
  fees: readonly bigint[],
  place = n0,
): Promise<Committed> {
  const traces = fees.map((_, q) => 1_000n + n0 + BigInt(q));
  const { receipt } = await world.chain.send(
    world.treasury,
    "commitBatch",
    [served.indexId, n0, place, fees, traces],
    world.chain.accounts[2],
  );
  const [event] = parseEventLogs({ abi: treasuryAbi, eventName: "BatchCommitted", logs: receipt.logs });
  const { batchKey, operator, deadline, poolWords, shares } = event!.args;
  const proverShare = shares.prover;
  const pools = fees.map((fee) => poolOf(fee));
  return {
    batch: {
      indexId: served.indexId,
      index: {
        datanetId: served.datanetId,
        positions: BigInt(served.positions),
        selector: served.selector,
        commitment: served.indexCommitment,
      },
      n0,
      operator,
      deadline,
      place,
      proverShare,
      poolWords,
      traces,
    },
    proverShare,
    statement: {
      tier: world.key.tier,
      chainId: BigInt(await world.chain.client.getChainId()),
      settlement: world.settlement.address,
      batchKey,
      indexId: served.indexId,
      n0,
      positions: served.positions,
      indexCommitment: served.indexCommitment,
      pools,
      traces,
    },
  };
}

/** What the settlement contract tells the treasury of a batch that pays `paid`. */
export const releaseOf = (
  { batch, statement, proverShare }: Committed,
  book: bigint,
  paid: bigint,
  recipient: Hex = NOBODY,
) => ({
  batchKey: statement.batchKey,
  operator: batch.operator,
  place: batch.place,
  book,
  pool: statement.pools.reduce((sum, pool) => sum + pool, 0n),
  proverShare,
  paid,
  recipient,
  payoutCommitment: { x: 0n, y: 0n },
});

/** The contributors' part of a fee under SPLIT, by the rule of docs/encodings.md. */
export const poolOf = (fee: bigint): bigint =>
  Object.values(SPLIT).reduce((rest, bps) => rest - (fee * BigInt(bps)) / 10_000n, fee);

/** A claim that pays `payouts`, the rest left to the reserve. */
export const claimOf = (
  payouts: readonly bigint[],
  recipient: Hex = NOBODY,
  tier: TierName = "mini",
): Claim => ({
  payouts,
  payoutCommitment: commitAmounts(payouts, TIERS[tier].positions),
  unattributed: 0n,
  recipient,
});

/** The claim as the contracts take it. */
export const claimTuple = ({ payouts, payoutCommitment, unattributed, recipient }: Claim) => ({
  payoutWords: pack("amount", payouts),
  payoutCommitment,
  unattributed,
  recipient,
});

/** The statement as the contracts take it. */
export const statementTuple = (statement: Statement) => ({
  ...statement,
  positions: BigInt(statement.positions),
  poolWords: pack("amount", statement.pools),
});

/** Settles a committed batch with a valid proof. */
export async function settle(world: World, committed: Committed, claim: Claim, seed = 1n) {
  const proof: Proof = provedByTrapdoor(committed.statement, claim, seed);
  return world.chain.send(world.settlement, "settle", [committed.batch, claimTuple(claim), proof]);
}

/** Sixteen pools' worth of fees for one full batch of the mini tier, in units. */
export const FEES: readonly bigint[] = [50_000n, 40_001n, 123_457n, 77_777n];

/** Settles several batches at once, each with a valid proof unless `proofs` brings others. */
export async function settleMany(
  world: World,
  committed: readonly Committed[],
  claims: readonly Claim[],
  proofs: readonly Proof[] = committed.map(({ statement }, i) =>
    provedByTrapdoor(statement, claims[i]!, 100n * statement.n0 + 7n),
  ),
) {
  const batches = committed.map(({ batch }) => batch);
  return world.chain.send(world.settlement, "settleMany", [batches, claims.map(claimTuple), proofs]);
}
