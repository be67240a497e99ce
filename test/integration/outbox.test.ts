import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once as event } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Address, createPublicClient, http, parseTransaction } from "viem";
import { generatePrivateKey, mnemonicToAccount, privateKeyToAddress } from "viem/accounts";
import { type ServedChain, serveDevelopmentChain } from "../../src/cli/dev-chain.ts";
import { DEVELOPMENT_MNEMONIC } from "../../src/cli/development-keys.ts";
import { DEFAULT_FORK } from "../../src/cli/forks.ts";
import { type ChainOptions, type ChainSender, connectSender, once } from "../../src/settlement/chain.ts";
import { send } from "../../src/settlement/send.ts";
import { transferCurrency } from "../../src/settlement/token.ts";
import { nodeTransport } from "../../src/settlement/transport.ts";
import { workspaceOutbox } from "../../src/workspace/outbox.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { ask, type NodeProxy, type RpcCall, startProxy } from "../helpers/node-proxy.ts";
import { cancels, speedsUp, walletReplaces } from "../helpers/wallet.ts";

/** Transactions that are cancelled, sped up, lost, killed over and fought for, on a real node behind a proxy. */
const CHILD = fileURLToPath(new URL("../helpers/outbox-child.ts", import.meta.url));

let chain: ServedChain;
let proxy: NodeProxy;
let folder: string;
/** An account of its own for each test: its nonces begin at 0. */
let place = 20;

before(async () => {
  chain = await serveDevelopmentChain({ port: 0, fork: DEFAULT_FORK });
  proxy = await startProxy(chain.rpc);
  folder = await mkdtemp(join(tmpdir(), "tributary-outbox-"));
});
after(async () => {
  await proxy.close();
  await chain.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  proxy.hooks = {};
  proxy.methods.length = 0;
  place++;
});

const signer = () => mnemonicToAccount(DEVELOPMENT_MNEMONIC, { addressIndex: place });
const home = () => join(folder, String(place));
const stranger = (): Address => privateKeyToAddress(generatePrivateKey());
const balanceOf = async (account: Address) =>
  BigInt(await ask<string>(chain.rpc, "eth_getBalance", account, "latest"));
const sentBy = async (account: Address) =>
  Number(await ask<string>(chain.rpc, "eth_getTransactionCount", account, "latest"));

const sender = (options: ChainOptions = {}, dir = home()): Promise<ChainSender> =>
  connectSender(nodeTransport(proxy.url), signer(), {
    pollingMs: 20,
    outbox: workspaceOutbox(workspaceAt(dir)),
    ...options,
  });

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await sleep(10);
}

/** Entries that are on the disk. */
async function kept(dir = home()): Promise<string[]> {
  const files = await readdir(join(dir, "outbox"), { recursive: true }).catch(() => []);
  return files.filter((name) => name.endsWith(".json")).map((name) => join(dir, "outbox", name));
}

test("a transaction that the account's wallet cancelled is an error with both hashes, and the next run sends it anew", async () => {
  const to = stranger();
  const from = await sender();
  proxy.hooks = walletReplaces(chain.rpc, cancels);
  await assert.rejects(
    transferCurrency(from, { to, wei: 5n }),
    (error: { code: string; details: string }) => {
      assert.equal(error.code, "TRB_SETTLEMENT_REPLACED");
      assert.equal(new Set(error.details.match(/0x[0-9a-f]{64}/g)).size, 2);
      return true;
    },
  );
  assert.equal(await balanceOf(to), 0n);
  assert.deepEqual(await kept(), []);
  await transferCurrency(from, { to, wei: 5n });
  assert.equal(await balanceOf(to), 5n);
});

test("a transaction that the wallet sped up is success, with the hash that was mined", async () => {
  const to = stranger();
  proxy.hooks = walletReplaces(chain.rpc, speedsUp);
  const { transaction } = await transferCurrency(await sender(), { to, wei: 5n });
  assert.equal(await balanceOf(to), 5n);
  assert.equal(await sentBy(signer().address), 1);
  assert.ok(await ask(chain.rpc, "eth_getTransactionReceipt", transaction));
  assert.deepEqual(await kept(), []);
});

test("another amount to the same receiver is not the same call", async () => {
  proxy.hooks = walletReplaces(chain.rpc, ({ to }) => ({ to, value: "0x1" }));
  await assert.rejects(transferCurrency(await sender(), { to: stranger(), wei: 5n }), {
    code: "TRB_SETTLEMENT_REPLACED",
  });
});

test("a lost answer, a broken wire and a node that has the bytes already are no failures, and nothing is sent twice", async () => {
  const raw = (then: () => "lost" | { error: { code: number; message: string } } | undefined) => ({
    after: ({ method }: RpcCall) => (method === "eth_sendRawTransaction" ? then() : undefined),
  });
  const to = stranger();
  let count = 0n;
  for (const hooks of [
    raw(() => "lost"),
    raw(() => ({ error: { code: -32000, message: "already known" } })),
    raw(() => ({ error: { code: -32603, message: "internal error" } })),
  ]) {
    proxy.hooks = hooks;
    await transferCurrency(await sender(), { to, wei: 5n });
    count++;
    assert.equal(await balanceOf(to), 5n * count);
    assert.equal(await sentBy(signer().address), Number(count));
  }
});

test("what the node will not have is an error at once, and nothing of it is kept", async () => {
  proxy.hooks = {
    before: ({ method }) =>
      method === "eth_sendRawTransaction"
        ? { error: { code: -32000, message: "insufficient funds for gas * price + value" } }
        : undefined,
  };
  await assert.rejects(transferCurrency(await sender(), { to: stranger(), wei: 5n }), {
    code: "TRB_SETTLEMENT_NO_GAS_MONEY",
  });
  assert.deepEqual(await kept(), []);
});

test("bytes and nonce are on the disk before they are sent, for the owner's eyes only", async () => {
  let seen: { mode: number; raws: string[]; sent: unknown } | undefined;
  proxy.hooks = {
    async before({ method, params }) {
      if (method !== "eth_sendRawTransaction") return undefined;
      const [file] = await kept();
      if (file === undefined) return undefined;
      const { attempts } = JSON.parse(await readFile(file, "utf8")) as { attempts: { raw: string }[] };
      seen = {
        mode: (await stat(file)).mode & 0o777,
        raws: attempts.map(({ raw }) => raw),
        sent: params[0],
      };
      return undefined;
    },
  };
  await transferCurrency(await sender(), { to: stranger(), wei: 5n });
  assert.deepEqual([seen?.mode, seen?.raws], [0o600, [seen?.sent]]);
});

const child = (dir: string, to: Address, wei: bigint, count = 1): ChildProcess =>
  spawn(process.execPath, [CHILD, proxy.url, dir, String(place), to, String(wei), String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });

/** Runs a child that dies when its request number `at` comes, before the node is asked or after. @returns whether it died */
async function killedAt(at: number, when: "before" | "after", to: Address): Promise<boolean> {
  let count = 0;
  const victim = child(home(), to, 5n);
  const closed = event(victim, "close");
  const kill = async (): Promise<"lost" | undefined> => {
    victim.kill("SIGKILL");
    await closed;
    return "lost";
  };
  proxy.hooks =
    when === "before"
      ? { before: () => (++count === at ? kill() : undefined) }
      : { after: () => (++count === at ? kill() : undefined) };
  const [, signal] = (await closed) as [number | null, string | null];
  proxy.hooks = {};
  return signal === "SIGKILL";
}

/** Requests that come before the signature: whoever dies at one of them has done nothing. */
const HARMLESS = 6;

for (const when of ["before", "after"] as const) {
  test(`a process killed ${when} the node's answer to any of its requests, and run again, pays once`, async () => {
    let [at, died] = [HARMLESS, true];
    for (; died; at++) {
      const to = stranger();
      const nonce = await sentBy(signer().address);
      died = await killedAt(at, when, to);
      if (died) await transferCurrency(await sender(), { to, wei: 5n });
      assert.equal(await balanceOf(to), 5n, `request ${at}`);
      assert.equal((await sentBy(signer().address)) - nonce, 1, `request ${at}`);
      assert.deepEqual(await kept(), []);
    }
    assert.ok(at > HARMLESS + 4, `there were ${at - 1} requests`);
  });
}

test("killed while the node had the bytes and had not mined them: the second run sends the same bytes", async () => {
  const to = stranger();
  const victim = child(home(), to, 5n);
  const closed = event(victim, "close");
  const sent: unknown[] = [];
  proxy.hooks = {
    async before({ method, params }) {
      if (method !== "eth_sendRawTransaction") return undefined;
      await ask(chain.rpc, "evm_setAutomine", false);
      sent.push(params[0]);
      return undefined;
    },
    async after({ method }) {
      if (method !== "eth_sendRawTransaction" || sent.length > 1) return undefined;
      victim.kill("SIGKILL");
      return "lost";
    },
  };
  await closed;
  assert.equal((await kept()).length, 1);
  const second = transferCurrency(await sender(), { to, wei: 5n });
  await until(() => sent.length >= 2);
  await ask(chain.rpc, "evm_setAutomine", true);
  await ask(chain.rpc, "evm_mine");
  await second;
  assert.equal(sent[1], sent[0]);
  assert.equal(await balanceOf(to), 5n);
});

test("two processes with one account and one workspace take turns; with two workspaces they find each other's nonces taken", async () => {
  for (const dirs of [
    ["shared", "shared"],
    ["one", "two"],
  ]) {
    const receivers = dirs.map(stranger);
    const nonce = await sentBy(signer().address);
    const running = dirs.map((name, i) => child(join(home(), name), receivers[i]!, 100n, 4));
    const codes = await Promise.all(running.map((one) => event(one, "close")));
    assert.deepEqual(
      codes.map(([code]) => code),
      [0, 0],
    );
    for (const to of receivers) assert.equal(await balanceOf(to), 406n);
    assert.equal((await sentBy(signer().address)) - nonce, 8);
  }
});

test("a call for a purpose is sent once for ever; another purpose, or none, sends it again", async () => {
  const to = stranger();
  const from = await sender();
  const first = await transferCurrency(once(from, "rent of May"), { to, wei: 5n });
  const again = await transferCurrency(once(await sender(), "rent of May"), { to, wei: 5n });
  assert.equal(again.transaction, first.transaction);
  assert.equal(await balanceOf(to), 5n);
  await transferCurrency(once(from, "rent of June"), { to, wei: 5n });
  await transferCurrency(from, { to, wei: 5n });
  await transferCurrency(from, { to, wei: 5n });
  assert.equal(await balanceOf(to), 20n);
});

test("a transaction that is not mined is signed again with higher fees, within a bound, and whichever is mined is ours", async () => {
  const to = stranger();
  const from = await sender({ raiseAfterMs: 60 });
  await ask(chain.rpc, "evm_setAutomine", false);
  const raws: string[] = [];
  proxy.hooks = {
    before({ method, params }) {
      if (method === "eth_sendRawTransaction") raws.push(params[0] as string);
      return undefined;
    },
  };
  const sending = transferCurrency(from, { to, wei: 5n });
  await until(() => new Set(raws).size >= 7);
  await sleep(400);
  await ask(chain.rpc, "evm_mine");
  await ask(chain.rpc, "evm_setAutomine", true);
  await sending;
  assert.equal(await balanceOf(to), 5n);
  const prices = raws.map((raw) => parseTransaction(raw as `0x02${string}`));
  assert.equal(new Set(prices.map(({ nonce }) => nonce)).size, 1);
  const fees = [...new Set(prices.map(({ maxFeePerGas }) => maxFeePerGas!))];
  assert.equal(fees.length, 7);
  for (let i = 1; i < fees.length; i++) assert.ok(fees[i]! * 10n >= fees[i - 1]! * 11n);
  assert.ok(fees.at(-1)! < fees[0]! * 5n);
});

test("a wallet's cancellation is not outbid", async () => {
  const to = stranger();
  const from = await sender({ raiseAfterMs: 60 });
  await ask(chain.rpc, "evm_setAutomine", false);
  let cancelled = false;
  proxy.hooks = {
    async after({ method, params }) {
      if (method !== "eth_sendRawTransaction" || cancelled) return undefined;
      cancelled = true;
      const { nonce, ...fees } = parseTransaction(params[0] as `0x02${string}`);
      const more = (fee: bigint) => `0x${((fee * 115n) / 100n).toString(16)}`;
      await ask(chain.rpc, "eth_sendTransaction", {
        from: signer().address,
        to: signer().address,
        nonce: `0x${(nonce ?? 0).toString(16)}`,
        maxFeePerGas: more(fees.maxFeePerGas!),
        maxPriorityFeePerGas: more(fees.maxPriorityFeePerGas!),
      });
      return undefined;
    },
  };
  const sending = assert.rejects(transferCurrency(from, { to, wei: 5n }), {
    code: "TRB_SETTLEMENT_REPLACED",
  });
  // The transaction, and three times the same bytes again.
  await until(() => proxy.methods.filter((method) => method === "eth_sendRawTransaction").length >= 4);
  await ask(chain.rpc, "evm_mine");
  await ask(chain.rpc, "evm_setAutomine", true);
  await sending;
  assert.equal(await balanceOf(to), 0n);
});

test("a transaction that reverts is told by its reason, also when the trial before it went well", async () => {
  const from = await sender();
  // The trial is answered for the node; deploying an empty INVALID opcode then fails in the block.
  proxy.hooks = {
    before({ method }) {
      if (method === "eth_call" || method === "eth_estimateGas") return { result: "0x186a0" };
      return undefined;
    },
  };
  await assert.rejects(send(from, { data: "0xfe" }), { code: "TRB_SETTLEMENT_REVERTED" });
  assert.deepEqual(await kept(), []);
});

test("a node that is still indexing means not yet: the transaction was sent", async () => {
  const to = stranger();
  let answers = 0;
  proxy.hooks = {
    before({ method }) {
      if (method !== "eth_getTransactionReceipt" || ++answers > 5) return undefined;
      return { error: { code: -32000, message: "transaction indexing is in progress" } };
    },
  };
  await transferCurrency(await sender(), { to, wei: 5n });
  assert.ok(answers > 5);
  assert.equal(await balanceOf(to), 5n);
  // One that never ends is no failure either: it was sent, and the next run finds it.
  answers = Number.NEGATIVE_INFINITY;
  const hasty = await sender({ timeoutMs: 300 });
  await assert.rejects(transferCurrency(hasty, { to, wei: 6n }), { code: "TRB_SETTLEMENT_TIMEOUT" });
  proxy.hooks = {};
  await transferCurrency(await sender(), { to, wei: 6n });
  assert.equal(await balanceOf(to), 11n);
});

test("a node that answers with another transaction's receipt has none of ours", async () => {
  const to = stranger();
  const earlier = await transferCurrency(await sender(), { to, wei: 5n });
  const receipt = await ask(chain.rpc, "eth_getTransactionReceipt", earlier.transaction);
  let answers = 0;
  proxy.hooks = {
    before: ({ method }) =>
      method === "eth_getTransactionReceipt" && ++answers <= 3 ? { result: receipt } : undefined,
  };
  const { transaction } = await transferCurrency(await sender(), { to, wei: 6n });
  assert.notEqual(transaction, earlier.transaction);
  assert.equal(await balanceOf(to), 11n);
});

test("a node that signs itself is told the nonce, so that a second run makes no second transaction", async () => {
  const to = stranger();
  const unlocked = signer().address;
  const options = { pollingMs: 20, outbox: workspaceOutbox(workspaceAt(home())) };
  const connect = () =>
    connectSender(nodeTransport(proxy.url), { address: unlocked, type: "json-rpc" }, options);
  let lost = false;
  proxy.hooks = {
    after({ method }) {
      if (method !== "eth_sendTransaction" || lost) return undefined;
      lost = true;
      return "lost";
    },
  };
  await transferCurrency(await connect(), { to, wei: 5n });
  assert.ok(lost);
  assert.equal(await balanceOf(to), 5n);
  assert.equal(await sentBy(unlocked), 1);
});

test("confirmations are counted, and a number that never comes is refused before anything is sent", async () => {
  await assert.rejects(sender({ confirmations: 3 }), { code: "TRB_SETTLEMENT_CONFIRMATIONS" });
  proxy.hooks = {
    before: ({ method }) => (method === "hardhat_getAutomine" ? { result: false } : undefined),
  };
  const patient = await sender({ confirmations: 3 });
  const hasty = { ...patient, timeoutMs: 200 };
  const to = stranger();
  await assert.rejects(
    transferCurrency(hasty, { to, wei: 5n }),
    (error: { code: string; details: string }) =>
      error.code === "TRB_SETTLEMENT_TIMEOUT" && /1 of 3/.test(error.details),
  );
  const second = transferCurrency(patient, { to, wei: 5n });
  await ask(chain.rpc, "hardhat_mine", "0x2");
  await second;
  assert.equal(await balanceOf(to), 5n);
});

test("a chain that is shorter than when something was signed was reset: nothing is sent there", async () => {
  const snapshot = await ask<string>(chain.rpc, "evm_snapshot");
  const to = stranger();
  await ask(chain.rpc, "hardhat_mine", "0x5");
  proxy.hooks = {
    before: ({ method }) => (method === "eth_sendRawTransaction" ? "lost" : undefined),
  };
  await assert.rejects(transferCurrency(await sender({ timeoutMs: 300 }), { to, wei: 5n }));
  assert.equal((await kept()).length, 1);
  await ask(chain.rpc, "evm_revert", snapshot);
  proxy.hooks = {};
  await assert.rejects(transferCurrency(await sender(), { to, wei: 5n }), {
    code: "TRB_SETTLEMENT_CHAIN_RESET",
  });
  assert.equal(await balanceOf(to), 0n);
});

test("a call that an earlier run left is brought to its end before another one is sent", async () => {
  const [one, two] = [stranger(), stranger()];
  proxy.hooks = { before: ({ method }) => (method === "eth_sendRawTransaction" ? "lost" : undefined) };
  await assert.rejects(transferCurrency(await sender({ timeoutMs: 200 }), { to: one, wei: 5n }), {
    code: "TRB_SETTLEMENT_TIMEOUT",
  });
  proxy.hooks = {};
  await transferCurrency(await sender(), { to: two, wei: 7n });
  assert.deepEqual([await balanceOf(one), await balanceOf(two)], [5n, 7n]);
  assert.deepEqual(await kept(), []);
});

test("bytes that no node will have make way: the nonce goes to what is sent next, so that not both can be mined", async () => {
  const [one, two] = [stranger(), stranger()];
  let refused: unknown;
  proxy.hooks = {
    before({ method, params }) {
      if (method !== "eth_sendRawTransaction") return undefined;
      refused ??= params[0];
      return "lost";
    },
  };
  await assert.rejects(transferCurrency(await sender({ timeoutMs: 200 }), { to: one, wei: 5n }));
  proxy.hooks = {
    before: ({ method, params }) =>
      method === "eth_sendRawTransaction" && params[0] === refused
        ? { error: { code: -32000, message: "transaction type not supported" } }
        : undefined,
  };
  await transferCurrency(await sender(), { to: two, wei: 7n });
  assert.deepEqual([await balanceOf(one), await balanceOf(two)], [0n, 7n]);
  assert.equal(await sentBy(signer().address), 1);
  const client = createPublicClient({ transport: http(chain.rpc) });
  await assert.rejects(client.sendRawTransaction({ serializedTransaction: refused as `0x${string}` }));
});
