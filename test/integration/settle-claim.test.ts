import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Hex, parseAbi } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { positionsOf, prepareClaim, prepareClaims } from "../../src/claim/claims.ts";
import { type AmountCommitments, rebuildEarnings } from "../../src/claim/earnings.ts";
import { createInProcessChain, type InProcessChain } from "../../src/cli/dev-chain.ts";
import { DEVELOPMENT_MNEMONIC } from "../../src/cli/development-keys.ts";
import { commitIndex } from "../../src/commitment/index-commitment.ts";
import { commitTrace } from "../../src/commitment/trace.ts";
import { amountCommitments } from "../../src/operations/claim.ts";
import { DEFAULT_SPLIT, splitFee } from "../../src/operations/fees.ts";
import { createProver, type Prover } from "../../src/operations/proving/prover.ts";
import { settleBundles } from "../../src/operations/settle.ts";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { encodeBundle } from "../../src/protocol/bundle.ts";
import type { Settlement } from "../../src/protocol/statement.ts";
import { readBatch, readBatches } from "../../src/settlement/batch.ts";
import { type ChainSender, connectSender } from "../../src/settlement/chain.ts";
import { commitBatch, expireBatch, readNextNumber } from "../../src/settlement/commit.ts";
import {
  addVersion,
  createDataNet,
  joinPositions,
  readPositionOwners,
} from "../../src/settlement/datanet.ts";
import { deployAll } from "../../src/settlement/deploy.ts";
import { type Deployment, encodeDeployment, parseDeployment } from "../../src/settlement/deployment.ts";
import { registerIndex, registerModel, setOperator } from "../../src/settlement/model.ts";
import { readSettled, settle } from "../../src/settlement/settle.ts";
import { readShares, withdrawShares } from "../../src/settlement/shares.ts";
import { allowFees, readOpenWei, transferOpen } from "../../src/settlement/token.ts";
import { bookOf, claim, claimMany, readBooks, readClaimed } from "../../src/settlement/vault.ts";
import type { TraceRecord } from "../../src/trace/types.ts";
import { verifySettlement } from "../../src/verification/verify.ts";
import { batchName, bundlePath } from "../../src/workspace/batches.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { ASSIGNED, exampleIndex, exampleTraces } from "../helpers/proof-example.ts";
import { openProofTools, type ProofTools } from "../helpers/proof-tools.ts";

/** Deploy, register, commit, prove, settle and claim with the product's own clients, on a chain in this process. */
const ARTIFACTS = new URL("../../artifacts/hardhat/", import.meta.url);
const account = (addressIndex: number) => mnemonicToAccount(DEVELOPMENT_MNEMONIC, { addressIndex });
const [admin, operator, modelOwner, prover, platform, governance] = [0, 1, 2, 3, 4, 5].map(account) as [
  ReturnType<typeof account>,
  ReturnType<typeof account>,
  ReturnType<typeof account>,
  ReturnType<typeof account>,
  ReturnType<typeof account>,
  ReturnType<typeof account>,
];
const contributors = Array.from({ length: ASSIGNED }, (_, c) => account(20 + c).address);
const index = exampleIndex(1);

let tools: ProofTools;
let proving: Prover;
let chain: InProcessChain;
let deployment: Deployment;
let commitments: AmountCommitments;
let datanetId: bigint;
let indexId: bigint;

const as = (signer: ReturnType<typeof account>): Promise<ChainSender> =>
  connectSender(chain.transport, signer, { pollingMs: 10 });

before(async () => {
  tools = await openProofTools();
  proving = await createProver({ tier: "mini", keys: tools.keys });
  chain = await createInProcessChain();
  commitments = amountCommitments(tools.srs, index.positions);
  const deployed = await deployAll(await as(admin), {
    artifacts: ARTIFACTS,
    verifyingKeys: [tools.verifyingKey],
    holder: admin.address,
    governance: governance.address,
    guardian: admin.address,
    platform: platform.address,
    stakers: platform.address,
    settleWindowSeconds: 3600n,
  });
  deployment = parseDeployment(encodeDeployment(deployed));
  await register(await as(modelOwner), await as(admin));
});
after(async () => {
  await chain.close();
  await proving.close();
  await tools.close();
});

/** A DataNet of the model owner's, with its contributors, a model, an index and an operator with money. */
async function register(owner: ChainSender, treasury: ChainSender): Promise<void> {
  ({ datanetId } = await createDataNet(owner, deployment, { name: "example" }));
  await joinPositions(owner, deployment, { datanetId, contributors });
  const digest = `0x${"d1".repeat(32)}` as const;
  await addVersion(owner, deployment, { datanetId, rowRoot: digest, rowCount: 600 });
  const { modelId } = await registerModel(owner, deployment, {
    datanetId,
    baseDigest: digest,
    adapterDigest: digest,
  });
  const commitment = await commitIndex(index, tools.srs);
  const { keyDigest } = tools.keys;
  const entry = { modelId, datasetVersion: 1n, commitment, digest, keyDigest, split: DEFAULT_SPLIT };
  const registered = await registerIndex(owner, deployment, entry);
  assert.equal(registered.positions, ASSIGNED);
  ({ indexId } = registered);
  await setOperator(owner, deployment, { indexId, operator: operator.address, allowed: true });
  await transferOpen(treasury, deployment, { to: operator.address, units: 10n ** 14n });
  await allowFees(await as(operator), deployment, 10n ** 14n);
}

/** Traces whose fees and numbers the chain will agree with. */
function served(seed: number, count: number, n0: bigint): TraceRecord[] {
  return exampleTraces(seed, indexId)
    .slice(0, count)
    .map((trace, q) => ({ ...trace, number: n0 + BigInt(q), pool: splitFee(trace.fee, DEFAULT_SPLIT).pool }));
}

/** Commits a batch, rebuilds its statement from the chain, and proves it. */
async function commitAndProve(traces: readonly TraceRecord[]): Promise<Settlement> {
  const sender = await as(operator);
  const n0 = await readNextNumber(sender, deployment, indexId);
  const commitmentsOfTraces = traces.map((trace) => commitTrace(trace, tools.hash));
  const fees = traces.map(({ fee }) => fee);
  const committed = await commitBatch(sender, deployment, { indexId, n0, fees, traces: commitmentsOfTraces });
  assert.deepEqual(
    committed.pools,
    traces.map(({ pool }) => pool),
  );
  const { statement, status } = await readBatch(sender, deployment, committed.batchKey);
  assert.equal(status, "pending");
  const settlement = await proving.prove({ index, statement, traces, recipient: prover.address });
  assert.deepEqual(verifySettlement(settlement, statement, tools.verifyingKey), { ok: true, failures: [] });
  return settlement;
}

/** What every position has earned, from the chain alone. */
async function earned() {
  const reader = await as(prover);
  const [book] = await readBooks(reader, deployment, datanetId);
  return rebuildEarnings(await readSettled(reader, deployment, [book!.book]), book!, commitments);
}

const openUnits = async (address: `0x${string}`): Promise<bigint> =>
  (await readOpenWei(await as(admin), deployment, address)) / WEI_PER_UNIT;

test("the verifiers' router is offered to governance, and anybody finds the contracts by their record", async () => {
  const { client } = await as(prover);
  const abi = parseAbi(["function pendingOwner() view returns (address)"]);
  const router = deployment.contracts.verifierRouter;
  assert.equal(
    await client.readContract({ address: router, abi, functionName: "pendingOwner" }),
    governance.address,
  );
  for (const address of [...Object.values(deployment.contracts), deployment.verifiers.mini!]) {
    assert.ok(await client.getCode({ address }), address);
  }
});

test("two batches are settled, and every contributor is paid to the unit", async () => {
  const first = await commitAndProve(served(2, 4, 0n));
  const second = await commitAndProve(served(3, 2, 4n));
  const bringer = await as(prover);
  const results = [await settle(bringer, deployment, first), await settle(bringer, deployment, second)];
  assert.deepEqual(
    results.map(({ checkpoint, book }) => [checkpoint, book]),
    [1n, 2n].map((checkpoint) => [checkpoint, bookOf(datanetId, tools.keys.keyDigest.slice(0, 10) as Hex)]),
  );

  const earnings = await earned();
  const expected = first.claim.payouts.map((pay, c) => pay + second.claim.payouts[c]!);
  assert.deepEqual(earnings.cumulative.slice(0, ASSIGNED), expected);

  const anybody = expected.findIndex((pay) => pay > 0n);
  const single = await claim(bringer, deployment, await prepareClaim(earnings, anybody, commitments));
  assert.equal(single.units, expected[anybody]);
  const everybody = Array.from({ length: ASSIGNED }, (_, c) => c);
  const claimed = await readClaimed(bringer, deployment, earnings.book, everybody);
  const due = await prepareClaims(earnings, claimed, everybody, commitments);
  const rest = await Array.fromAsync(claimMany(bringer, deployment, due));
  assert.equal(rest.length, 1);
  for (const [c, address] of contributors.entries()) assert.equal(await openUnits(address), expected[c]!);

  const [book, ...others] = await readBooks(bringer, deployment, datanetId);
  assert.equal(others.length, 0);
  const pools = [...first.statement.pools, ...second.statement.pools].reduce((sum, pool) => sum + pool, 0n);
  assert.equal(book!.owed, 0n);
  const paid = expected.reduce((sum, units) => sum + units, 0n);
  assert.equal(paid + book!.reserve, pools);
  const share = await readShares(bringer, deployment, prover.address);
  assert.ok(share.credit > 0n, "the prover's share went to the recipient");
});

test("what is done twice, or by the wrong account, is refused by name", async () => {
  const settlement = await commitAndProve(served(5, 4, 6n));
  const bringer = await as(prover);
  const unproven = { ...settlement, claim: { ...settlement.claim, recipient: admin.address } };
  await assert.rejects(settle(bringer, deployment, unproven), { code: "TRB_SETTLEMENT_PROOF_REJECTED" });
  await settle(bringer, deployment, settlement);
  await assert.rejects(settle(bringer, deployment, settlement), { code: "TRB_SETTLEMENT_BATCH_NOT_PENDING" });
  const earnings = await earned();
  const [position] = positionsOf(await readPositionOwners(bringer, deployment, datanetId), contributors[0]!);
  const due = await prepareClaim(earnings, position!, commitments);
  await claim(bringer, deployment, due);
  await assert.rejects(claim(bringer, deployment, due), { code: "TRB_SETTLEMENT_NOTHING_TO_CLAIM" });
  const more = { ...due, cumulative: due.cumulative + 1n };
  await assert.rejects(claim(bringer, deployment, more), { code: "TRB_SETTLEMENT_OPENING_REJECTED" });

  const batch = { indexId, n0: 10n, fees: [10n ** 9n], traces: [1n] };
  await assert.rejects(commitBatch(bringer, deployment, batch), { code: "TRB_SETTLEMENT_NOT_OPERATOR" });
  const ofOperator = await as(operator);
  await assert.rejects(commitBatch(ofOperator, deployment, { ...batch, n0: 11n }), {
    code: "TRB_SETTLEMENT_WRONG_NUMBER",
  });
  const { batchKey } = await commitBatch(ofOperator, deployment, batch);
  const pending = await readBatch(bringer, deployment, batchKey);
  await assert.rejects(expireBatch(bringer, deployment, pending), {
    code: "TRB_SETTLEMENT_DEADLINE_NOT_REACHED",
  });
  const nobody = `0x${"00".repeat(32)}` as const;
  await assert.rejects(readBatch(bringer, deployment, nobody), { code: "TRB_SETTLEMENT_BATCH_UNKNOWN" });
});

test("an index's batches come in order with their states, and shares are withdrawn", async () => {
  const reader = await as(platform);
  const batches = await readBatches(reader, deployment, indexId);
  assert.deepEqual(
    batches.map(({ statement, status }) => [statement.n0, status]),
    [
      [0n, "settled"],
      [4n, "settled"],
      [6n, "settled"],
      [10n, "pending"],
    ],
  );
  const shares = await readShares(reader, deployment, platform.address);
  const { units } = await withdrawShares(reader, deployment);
  assert.equal(units, shares.all);
  assert.equal(await openUnits(platform.address), shares.all);
  await assert.rejects(withdrawShares(reader, deployment), { code: "TRB_SETTLEMENT_NOTHING_TO_WITHDRAW" });
});

test("the proofs of a workspace go together; where one is false, the others are settled all the same", async () => {
  const good = await commitAndProve(served(7, 2, 11n));
  const other = await commitAndProve(served(8, 2, 13n));
  const forged = { ...other, claim: { ...other.claim, recipient: admin.address } };
  const workspace = workspaceAt(await mkdtemp(join(tmpdir(), "tributary-settle-")));
  await mkdir(workspace.proofs, { recursive: true });
  const names = [good, other].map(({ statement }) => batchName(statement));
  const write = (i: number, settlement: Settlement) =>
    writeFile(bundlePath(workspace, names[i]!), encodeBundle(settlement));
  const bringer = await as(prover);
  const bring = () => settleBundles(workspace, bringer, deployment, () => {}, [...names, "9-9"]);
  const state = async () => (await readBatches(bringer, deployment, indexId)).map(({ status }) => status);

  await Promise.all([write(0, good), write(1, forged)]);
  await assert.rejects(bring(), { code: "TRB_SETTLEMENT_PROOF_REJECTED" });
  assert.deepEqual((await state()).slice(-2), ["settled", "pending"]);
  await write(1, other);
  const { settled, done, unproven } = await bring();
  assert.deepEqual([settled.map(({ name }) => name), done, unproven], [[names[1]], [names[0]], ["9-9"]]);
  await rm(workspace.dir, { recursive: true });
});
