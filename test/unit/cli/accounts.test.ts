import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { addressOf, isDevelopment, resolveAccount } from "../../../src/cli/accounts.ts";
import { workspaceAt } from "../../../src/workspace/workspace.ts";

/** Everybody has the development accounts' keys: money that is sent to one of them elsewhere is anybody's. */
const dir = mkdtempSync(join(tmpdir(), "tributary-accounts-"));
const workspace = workspaceAt(dir);
after(() => rmSync(dir, { recursive: true }));

const CHAIN = 31337n;
const HERE = ["http://127.0.0.1:8545", "http://localhost:8545", "http://[::1]:8545", "ws://127.0.0.1:1"];
const ELSEWHERE = [
  "http://10.0.0.1:8545",
  "https://rpc.example.org",
  "http://127.0.0.1.example.org:8545",
  "http://localhost.example.org",
  "http://127.0.0.1@example.org",
  "http://0.0.0.0:8545",
  "http://[::2]:8545",
  "127.0.0.1",
  "",
];

for (const rpc of HERE) {
  test(`development accounts are those of chain 31337 at ${rpc}`, async () => {
    assert.ok(isDevelopment({ rpc, chainId: CHAIN }));
    const { address } = await resolveAccount(workspace, { rpc, chainId: CHAIN }, { account: "operator" });
    assert.equal(addressOf(workspace, { rpc, chainId: CHAIN }, "operator"), address);
  });
}

for (const location of [
  ...ELSEWHERE.map((rpc) => ({ rpc, chainId: CHAIN })),
  ...HERE.map((rpc) => ({ rpc, chainId: 1n })),
]) {
  test(`none of them signs or is named on chain ${location.chainId} at ${location.rpc || "nowhere"}`, async () => {
    assert.ok(!isDevelopment(location));
    const code = "TRB_CLI_ACCOUNT_UNKNOWN";
    for (const account of ["operator", "contributor-3"]) {
      await assert.rejects(resolveAccount(workspace, location, { account }), { code });
      assert.throws(() => addressOf(workspace, location, account), { code });
    }
  });
}
