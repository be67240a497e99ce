import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { type ServedChain, serveDevelopmentChain } from "../../src/cli/dev-chain.ts";
import { developmentAddress } from "../../src/cli/development.ts";
import { batchStanding } from "../../src/operations/batch-standing.ts";
import { registerDataNet } from "../../src/operations/index/register.ts";
import { readBatch, readBatches } from "../../src/settlement/batch.ts";
import { connectReader } from "../../src/settlement/chain.ts";
import { expireBatch } from "../../src/settlement/commit.ts";
import { readSettled } from "../../src/settlement/settle.ts";
import { nodeTransport } from "../../src/settlement/transport.ts";
import { readBooks } from "../../src/settlement/vault.ts";
import { loadBatch } from "../../src/workspace/batches.ts";
import { workspaceOutbox } from "../../src/workspace/outbox.ts";
import { openRegistry } from "../../src/workspace/registry.ts";
import { type Workspace, workspaceAt } from "../../src/workspace/workspace.ts";
import { jsonOf, tributary } from "../helpers/cli.ts";
import { ask, type Instead, type NodeProxy, type RpcCall, startProxy } from "../helpers/node-proxy.ts";
import { type SettledWorld, settledWorld, WINDOW } from "../helpers/settled.ts";
import { cancels, speedsUp, walletReplaces } from "../helpers/wallet.ts";

/** The commands and the reading library on a node that behaves as public nodes do, with exit codes. */
let chain: ServedChain;
let proxy: NodeProxy;
let workspace: Workspace;
let world: SettledWorld;
/** The batches: to be settled by command, to be claimed for, to expire. */
let names: { settled: string; open: string; expired: string };

before(async () => {
  chain = await serveDevelopmentChain({ port: 0 });
  proxy = await startProxy(chain.rpc);
  workspace = workspaceAt(await mkdtemp(join(tmpdir(), "tributary-public-")));
  world = await settledWorld(nodeTransport(chain.rpc), proxy.url, workspace);
  const settled = await world.addBatch(4, true);
  names = { settled, open: "", expired: "" };
});
after(async () => {
  await proxy.close();
  await chain.close();
  await world.close();
  await rm(workspace.dir, { recursive: true });
});
beforeEach(() => {
  proxy.hooks = {};
});

const book = async () => (await readBooks(await reader(), world.deployment, world.datanetId))[0]!.book;

async function run(...args: string[]) {
  const result = await tributary([...args, "--dir", workspace.dir, "--json"]);
  const data = jsonOf(result) as Record<string, unknown> & { error?: { code: string; details: string } };
  return { exit: result.code, code: data.error?.code, data };
}

const reader = (options = {}) => connectReader(nodeTransport(proxy.url, options));

/** eth_getLogs over more than `most` blocks is refused. */
const refusesRanges = (most: bigint, error: { code: number; message: string }) => ({
  before({ method, params }: RpcCall): Instead | undefined {
    if (method !== "eth_getLogs") return undefined;
    const { fromBlock, toBlock } = params[0] as { fromBlock: string; toBlock: string };
    return BigInt(toBlock) - BigInt(fromBlock) + 1n > most ? { error } : undefined;
  },
});

test("settle: a transaction that the wallet cancelled is exit code 2 with both hashes; one that it sped up is done", async () => {
  proxy.hooks = walletReplaces(chain.rpc, cancels);
  const cancelled = await run("settle", names.settled);
  assert.deepEqual([cancelled.exit, cancelled.code], [2, "TRB_SETTLEMENT_REPLACED"]);
  assert.equal(new Set(cancelled.data.error!.details.match(/0x[0-9a-f]{64}/g)).size, 2);

  proxy.hooks = walletReplaces(chain.rpc, speedsUp);
  const { exit, data } = await run("settle", names.settled);
  assert.equal(exit, 0);
  const [{ transaction, paid }] = data.settled as [{ transaction: string; paid: string }];
  assert.ok(BigInt(paid) > 0n);
  assert.ok(await ask(chain.rpc, "eth_getTransactionReceipt", transaction));
  const again = await run("settle", names.settled);
  assert.deepEqual([again.exit, again.data.done], [0, 1]);
});

test("withdraw: cancelled is an error, and the shares are there for the next run", async () => {
  proxy.hooks = walletReplaces(chain.rpc, cancels);
  assert.deepEqual((await run("withdraw", "--account", "prover")).code, "TRB_SETTLEMENT_REPLACED");
  proxy.hooks = {};
  const { exit, data } = await run("withdraw", "--account", "prover");
  assert.equal(exit, 0);
  assert.ok(BigInt(data.units as string) > 0n);
  const again = await run("withdraw", "--account", "prover");
  assert.deepEqual([again.exit, again.data.units], [0, "0"]);
});

test("a refused range of events is halved, in whatever words it is refused, down to one block", async () => {
  await ask(chain.rpc, "hardhat_mine", "0xbb8");
  const words = [
    [-32602, "range 3000 exceeds limit of 1000"],
    [-32005, "query returned more than 10000 results"],
    [-32000, "block range is too large"],
    [-32600, "eth_getLogs is limited to a 1000 range"],
    [-32614, "eth_getLogs and eth_newFilter are limited to a 10,000 blocks range"],
    [35, "ranges over 10000 blocks are not supported on freetier"],
    [-32603, "response size exceeded"],
  ] as const;
  for (const [code, message] of words) {
    proxy.hooks = refusesRanges(1000n, { code, message });
    const settled = await readSettled(await reader(), world.deployment, [await book()]);
    assert.equal(settled.length, 1, message);
  }
});

test("claim: a node that gives the events of one block at a time, after 3,000 blocks", async () => {
  proxy.hooks = refusesRanges(1n, { code: -32602, message: "range exceeds limit of 1" });
  const claimed = await run("claim", "--account", "contributor-0", "--datanet", String(world.datanetId));
  assert.equal(claimed.exit, 0);
  assert.ok(BigInt(claimed.data.units as string) > 0n);
});

test("a node that gives no events at all says so with a code, and in its words", async () => {
  const readable = await book();
  proxy.hooks = refusesRanges(0n, { code: -32601, message: "eth_getLogs is not available" });
  await assert.rejects(
    async () => readSettled(await reader(), world.deployment, [readable]),
    (error: { code: string; details: string }) =>
      error.code === "TRB_SETTLEMENT_LOGS" && /not available/.test(error.details),
  );
});

/** Each request's first `count` tries are answered by `busy`. */
function busyFor(count: number, busy: () => Instead) {
  const tries = new Map<string, number>();
  return {
    before(call: RpcCall): Instead | undefined {
      const key = JSON.stringify(call);
      tries.set(key, (tries.get(key) ?? 0) + 1);
      return tries.get(key)! <= count ? busy() : undefined;
    },
  };
}

test("a busy node is waited for as it says: seconds, a date, or a code of its own", async () => {
  const answers: (() => Instead)[] = [
    () => ({ status: 429, headers: { "retry-after": "1" } }),
    () => ({ status: 429, headers: { "retry-after": new Date(Date.now() + 1_500).toUTCString() } }),
    () => ({ status: 503, headers: { "retry-after": "1" } }),
    () => ({ error: { code: 429, message: "compute units per second exceeded" } }),
    () => ({ error: { code: -32005, message: "project rate limit" } }),
    () => ({ error: { code: -32007, message: "15/second request limit reached" } }),
  ];
  for (const answer of answers) {
    proxy.hooks = busyFor(1, answer);
    await (await reader()).client.getBlockNumber();
  }
});

test("a node that stays busy is an error of its own, within the bound, by library and by command", async () => {
  proxy.hooks = { before: () => ({ status: 429 }) };
  const begun = Date.now();
  await assert.rejects(reader({ patienceMs: 1_200 }), { code: "TRB_SETTLEMENT_BUSY" });
  assert.ok(Date.now() - begun < 10_000);
  proxy.hooks = { before: () => ({ status: 429, headers: { "retry-after": "3600" } }) };
  const { exit, code } = await run("settle");
  assert.deepEqual([exit, code], [2, "TRB_SETTLEMENT_BUSY"]);
});

test("claim and withdraw on a node that is busy twice for every request", async () => {
  proxy.hooks = busyFor(2, () => ({ status: 429, headers: { "retry-after": "0" } }));
  const claimed = await run("claim", "--account", "contributor-1", "--datanet", String(world.datanetId));
  assert.equal(claimed.exit, 0);
  const withdrawn = await run("withdraw", "--account", "platform");
  assert.equal(withdrawn.exit, 0);
  assert.ok(BigInt(withdrawn.data.units as string) > 0n);
});

test("requests go out a few at a time", async () => {
  let [running, most] = [0, 0];
  proxy.hooks = {
    async before() {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      return undefined;
    },
  };
  const { client } = await reader({ parallel: 4 });
  const addresses = Array.from(
    { length: 40 },
    (_, i) => `0x${(i + 1).toString(16).padStart(40, "0")}` as const,
  );
  await Promise.all(addresses.map((address) => client.getBalance({ address })));
  assert.equal(most, 4);
});

test("a batch that expired is not one that was settled: settle and prove say where its money is", async () => {
  names = { ...names, open: await world.addBatch(3, true), expired: await world.addBatch(2, false) };
  const { batchKey } = loadBatch(workspace, names.expired).statement;
  await ask(chain.rpc, "evm_increaseTime", WINDOW + 10);
  await ask(chain.rpc, "evm_mine");
  const committed = await readBatch(await reader(), world.deployment, batchKey);
  await expireBatch(await world.as("prover"), world.deployment, committed);
  const state = await readBatch(await reader(), world.deployment, batchKey);
  assert.equal(state.status, "expired");

  for (const command of ["settle", "prove"]) {
    const named = await run(command, names.expired);
    assert.deepEqual([named.exit, named.code], [2, "TRB_SETTLEMENT_BATCH_EXPIRED"], command);
    assert.match(named.data.error!.details, /reserve of DataNet/);
  }
  const all = await run("settle");
  assert.equal(all.exit, 0);
  assert.deepEqual(
    (all.data.settled as { name: string }[]).map(({ name }) => name),
    [names.open],
  );
  assert.equal(all.data.done, 1);
  assert.deepEqual(all.data.expired, [
    {
      name: names.expired,
      datanetId: String(world.datanetId),
      reserved: String(state.statement.pools.reduce((sum, one) => sum + one, state.proverShare)),
    },
  ]);
  const proven = await run("prove");
  assert.deepEqual([proven.exit, (proven.data.expired as unknown[]).length], [0, 1]);
});

test("a DataNet whose number could not be written down is found by the next run, and not made twice", async () => {
  const fresh = workspaceAt(join(workspace.dir, "fresh"));
  const owner = await world.as("model-owner");
  const sender = { ...owner, outbox: workspaceOutbox(fresh) };
  const context = { workspace: fresh, sender, deployment: world.deployment };
  const owners = [0, 1, 2].map((c) => developmentAddress(`contributor-${c}`));
  const version = { number: 1, root: `0x${"d2".repeat(32)}` as const, rows: 60 };
  const register = async () =>
    registerDataNet(context, await openRegistry(fresh, sender, world.deployment), {
      name: "twice",
      owners,
      version,
    });
  const transactions = async () =>
    Number(await ask<string>(chain.rpc, "eth_getTransactionCount", owner.account.address, "latest"));

  const before = await transactions();
  // A folder where the file should be: the crash after the transaction and before the record.
  mkdirSync(join(fresh.dir, "registry.json"), { recursive: true });
  const empty = { chain: "", datanetId: null, joined: 0, versions: {}, indexes: {} };
  await assert.rejects(registerDataNet(context, empty, { name: "twice", owners, version }), {
    code: "TRB_FILE_NOT_A_FILE",
  });
  assert.equal((await transactions()) - before, 1);
  rmdirSync(join(fresh.dir, "registry.json"));
  const registry = await register();
  assert.equal(registry.joined, 3);
  // The DataNet, its positions, its version: one transaction each.
  assert.equal((await transactions()) - before, 3);
  // The record is lost altogether: all is found again, nothing is sent.
  rmSync(join(fresh.dir, "registry.json"));
  assert.deepEqual(await register(), registry);
  assert.equal((await transactions()) - before, 3);
});

test("a state of a batch that is none of the known ones is an error", async () => {
  proxy.hooks = {
    after({ method, params }, answer) {
      const { to, data } = (params[0] ?? {}) as { to?: string; data?: string };
      const state = (answer as { result?: string }).result;
      const isState =
        method === "eth_call" &&
        to?.toLowerCase() === world.deployment.contracts.treasury.toLowerCase() &&
        data?.length === 2 + 8 + 3 * 64 &&
        state?.length === 2 + 64;
      return isState ? { result: `0x${"7".padStart(64, "0")}` } : undefined;
    },
  };
  const expected = { code: "TRB_SETTLEMENT_BATCH_STATUS" };
  await assert.rejects(async () => readBatches(await reader(), world.deployment, 1n), expected);
  const standing = async () => batchStanding(workspace, await reader(), world.deployment, [names.settled]);
  await assert.rejects(standing, expected);
});

test("confirmations that never come on this node are refused, not waited for", async () => {
  const { exit, code } = await run("settle", "--confirmations", "3");
  assert.deepEqual([exit, code], [2, "TRB_SETTLEMENT_CONFIRMATIONS"]);
});

test("a node that was reset, and a chain that was started again, are told so by settle and prove", async () => {
  const registry = join(workspace.dir, "registry.json");
  const record = {
    chain: `0x${"ab".repeat(32)}`,
    datanetId: "1",
    joined: 11,
    versions: { 1: "1" },
    indexes: {},
  };
  writeFileSync(registry, JSON.stringify(record));
  for (const command of ["settle", "prove"]) {
    assert.equal((await run(command)).code, "TRB_WORKSPACE_CHAIN_RESTARTED", command);
  }
  rmSync(registry);
  const fresh = await serveDevelopmentChain({ port: 0 });
  try {
    for (const command of ["settle", "prove"]) {
      assert.equal((await run(command, "--rpc", fresh.rpc)).code, "TRB_SETTLEMENT_CHAIN_RESET", command);
    }
    await ask(fresh.rpc, "hardhat_mine", "0x1000");
    assert.equal((await run("settle", "--rpc", fresh.rpc)).code, "TRB_SETTLEMENT_CHAIN_RESET");
  } finally {
    await fresh.close();
  }
  assert.ok(existsSync(workspace.chain) && readFileSync(workspace.chain, "utf8").includes(proxy.url));
});
