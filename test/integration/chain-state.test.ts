import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createTestClient, http, publicActions, walletActions } from "viem";
import { hardhat } from "viem/chains";
import { developmentAccount } from "../../src/cli/accounts.ts";
import { ChainJournal } from "../../src/cli/chain-journal.ts";
import { serveDevelopmentChain } from "../../src/cli/dev-chain.ts";
import type { Fork } from "../../src/cli/forks.ts";
import { jsonOf, startChain, tributary } from "../helpers/cli.ts";

const root = mkdtempSync(join(tmpdir(), "tributary-state-"));
after(() => rmSync(root, { recursive: true, force: true }));
const payer = developmentAccount("payer")!;
const prover = developmentAccount("prover")!;

async function serve(path: string, fork: Fork = "osaka") {
  const journal = await ChainJournal.open(path);
  const served = await serveDevelopmentChain({ port: 0, fork, journal }, () => {});
  const client = createTestClient({
    chain: hardhat,
    mode: "hardhat",
    transport: http(served.rpc, { retryCount: 0 }),
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
  const close = async () => {
    await served.close();
    journal.close();
  };
  const pay = (value: bigint) => client.sendTransaction({ account: payer, to: prover.address, value });
  const head = () => client.getBlock();
  return { client, pay, head, close };
}

/** A chain of a few blocks, one of which has a transaction that reverted; stopped. @returns its newest block */
async function madeChain(path: string) {
  const chain = await serve(path);
  await chain.pay(1n);
  const code = "0x5f5ffd";
  await chain.client.setCode({ address: `0x${"77".repeat(20)}`, bytecode: code });
  const reverting = { account: payer, to: `0x${"77".repeat(20)}`, gas: 100_000n } as const;
  await assert.rejects(chain.client.sendTransaction(reverting));
  await chain.client.setBalance({ address: prover.address, value: 5n });
  await chain.client.mine({ blocks: 3, interval: 60 });
  await chain.pay(2n);
  const head = await chain.head();
  await chain.close();
  assert.equal(head.number, 6n);
  return head;
}

const kept = join(root, "kept");

test("a chain that is stopped and started again goes on where it was: blocks, state, clock", async () => {
  const before = await madeChain(kept);
  const chain = await serve(kept);
  assert.equal((await chain.head()).hash, before.hash);
  assert.equal(await chain.client.getBalance({ address: prover.address }), 7n);
  assert.equal(await chain.client.getTransactionCount({ address: payer.address }), 3);
  await chain.client.increaseTime({ seconds: 86_400 });
  await chain.pay(3n);
  const later = await chain.head();
  assert.ok(later.timestamp >= before.timestamp + 86_400n);
  await chain.close();

  const again = await serve(kept);
  assert.equal((await again.head()).hash, later.hash);
  await again.pay(4n);
  const ahead = Number((await again.head()).timestamp) - Date.now() / 1000;
  assert.ok(ahead > 86_300 && ahead < 86_400 + 600, `the clock is ${ahead} s ahead`);
  await again.close();
});

test("a new chain is another one: its first block has another hash", async () => {
  const chain = await serve(join(root, "other"));
  const [mine, theirs] = [await chain.client.getBlock({ blockNumber: 0n }), JSON.parse(firstLine(kept))];
  assert.notEqual(mine.hash, theirs.genesis);
  await chain.close();
});

const firstLine = (path: string): string => readFileSync(path, "utf8").split("\n")[0]!;

async function refused(path: string, fork?: Fork): Promise<string> {
  return serve(path, fork).then(
    async (chain) => {
      await chain.close();
      return "";
    },
    (error: { code: string }) => error.code,
  );
}

test("a line that a killed process left half written is dropped; what was answered is there", async () => {
  const path = join(root, "cut");
  const before = await madeChain(path);
  const whole = statSync(path).size;
  appendFileSync(path, '{"method":"eth_sendRawTransaction","par');
  const chain = await serve(path);
  assert.equal((await chain.head()).hash, before.hash);
  assert.equal(statSync(path).size, whole);
  await chain.close();
});

test("a file that was changed, and one that is none, are refused", async () => {
  const path = join(root, "changed");
  await madeChain(path);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace('"interval"', '"interval"').replace(/"0x3c"/, '"0x3d"'));
  assert.notEqual(readFileSync(path, "utf8"), text);
  assert.equal(await refused(path), "TRB_CLI_STATE_DIFFERS");
  for (const other of [text.replace("tributary-development-chain", "x"), "thesis\n", `${text}{"head":1}\n`]) {
    writeFileSync(path, other);
    assert.equal(await refused(path), "TRB_CLI_STATE_CORRUPT");
    assert.equal(readFileSync(path, "utf8"), other, "it is left alone");
  }
  assert.equal(await refused("/dev/zero"), "TRB_CLI_STATE_CORRUPT");
  assert.equal(await refused(root), "TRB_CLI_STATE_CORRUPT");
});

test("what could not be kept is not done", async () => {
  const chain = await serve(join(root, "strict"));
  await assert.rejects(chain.client.snapshot());
  await assert.rejects(chain.client.setAutomine(false));
  await chain.close();
});

test("by command: killed, it goes on; its contracts are where they were; another fork, and a second process, are refused", async () => {
  const state = ["--state", join(root, "command")];
  const dir = join(root, "workspace");
  const first = await startChain(dir, ...state, "--fork", "amsterdam");
  assert.equal(first.goesOn, false);
  await tributary(["chain", "fund", "payer", "--open", "5", "--dir", dir]);
  const second = await tributary(["chain", "dev", "--port", "0", "--dir", dir, "--json", ...state]);
  assert.equal((jsonOf(second).error as { code: string }).code, "TRB_CLI_STATE_IN_USE");
  await first.stop("SIGKILL");

  const wrong = await tributary([
    "chain",
    "dev",
    "--port",
    "0",
    "--dir",
    dir,
    "--json",
    ...state,
    "--fork",
    "osaka",
  ]);
  assert.equal((jsonOf(wrong).error as { code: string }).code, "TRB_CLI_STATE_FORK");

  const again = await startChain(dir, ...state);
  assert.equal(again.goesOn, true);
  assert.deepEqual(again.contracts, first.contracts);
  const funded = await tributary(["chain", "fund", "payer", "--open", "5", "--dir", dir, "--json"]);
  assert.equal(funded.code, 0, funded.stdout + funded.stderr);
  assert.equal(await again.stop("SIGTERM"), 0);
});
