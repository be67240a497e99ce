import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { custom } from "viem";
import { toJson } from "../../../src/files/disk.ts";
import { folderSource } from "../../../src/operations/keys/key-source.ts";
import { verifyBundleText } from "../../../src/operations/verify.ts";
import { paramsDigest } from "../../../src/params/digest.ts";
import { developmentTrapdoor } from "../../../src/proof/development/secrets.ts";
import { encodeBundle } from "../../../src/protocol/bundle.ts";
import { isDevelopmentKey, requireSafeKey } from "../../../src/protocol/development-key.ts";
import { readManifest } from "../../../src/protocol/manifest.ts";
import type { Statement } from "../../../src/protocol/statement.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import { encodeVerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { connectSender } from "../../../src/settlement/chain.ts";
import { deployAll } from "../../../src/settlement/deploy.ts";
import { startChain } from "../../helpers/chain.ts";
import { forgedProof } from "../../helpers/forged-proof.ts";
import { importMutant } from "../../helpers/mutant-source.ts";
import { commitAmounts, g1, g2, trapdoorKey } from "../../helpers/trapdoor.ts";

const folder = mkdtempSync(join(tmpdir(), "tributary-forged-keys-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const { tiers } = await readManifest();
const { r1cs, wasm, keys } = tiers.mini!;
const key = keys!.development!.verifyingKey;

/** The attacker's "keys of a ceremony": every digest is right, and the points are the development key's. */
const digest = `0x${"0".repeat(64)}`;
writeFileSync(
  join(folder, "keys.json"),
  toJson({
    format: "tributary-keys",
    version: 1,
    tier: "mini",
    paramsDigest: paramsDigest(),
    r1cs: r1cs!.sha256,
    wasm: wasm!.sha256,
    zkey: digest,
    srs: digest,
    keyDigest: keyDigest(key),
    verifyingKey: encodeVerifyingKey(key),
    ceremony: {
      phaseOne: { power: 14, blake2b: "0".repeat(128) },
      circuitHash: "0".repeat(128),
      contributions: [{ name: "Ada", hash: "0".repeat(128) }],
    },
  }),
);

/** A batch on a chain with money, and payouts of all of it to the attacker's position. */
const statementOn = (chainId: bigint): Statement => ({
  tier: "mini",
  chainId,
  settlement: `0x${"5e".repeat(20)}`,
  batchKey: `0x${"ba".repeat(32)}`,
  indexId: 3n,
  n0: 8n,
  positions: 6,
  indexCommitment: g1(123_456_789n),
  pools: [20_000n, 30_000n],
  traces: [101n, 102n],
});
const payouts = [0n, 0n, 50_000n, 0n, 0n, 0n];

async function verdictOn(chainId: bigint, verify = verifyBundleText): Promise<string> {
  const statement = statementOn(chainId);
  const claim = { payouts, payoutCommitment: commitAmounts(payouts, 16), unattributed: 0n } as const;
  const forged = forgedProof(developmentTrapdoor("mini"), key, statement, {
    ...claim,
    recipient: `0x${"ec".repeat(20)}`,
  });
  const expectation = { kind: "statement", of: async () => statement } as const;
  const {
    ok,
    failures,
    keyDigest: with_,
  } = await verify(encodeBundle(forged), expectation, folderSource(folder));
  assert.equal(with_, keyDigest(key), "the key is named, whatever the verdict");
  return ok ? "accepted" : failures.map(({ code }) => code).join(" ");
}

test("a folder of development keys that calls itself a ceremony's verifies nothing on a chain with money", async () => {
  assert.equal(await verdictOn(1n), "TRB_VERIFY_DEVELOPMENT_KEY");
  assert.equal(await verdictOn(31337n), "accepted", "the forgery is complete");
});

test("τ or β alone are enough to refuse a key; another key is not refused", () => {
  assert.ok(isDevelopmentKey({ ...key, tau: g2(5n) }));
  assert.ok(isDevelopmentKey({ ...key, beta: g2(5n) }));
  assert.ok(!isDevelopmentKey({ tau: g2(5n), beta: g2(7n) }));
  assert.throws(() => requireSafeKey({ ...key, tau: g2(5n) }, 1n), { code: "TRB_KEY_DEVELOPMENT" });
  requireSafeKey(key, 31337n);
  requireSafeKey(trapdoorKey("mini"), 1n);
});

test("a deployment with them ends before its first transaction", async () => {
  const chain = await startChain(1);
  try {
    const transport = custom(chain.client, { retryCount: 0 });
    const sender = await connectSender(transport, chain.admin, { pollingMs: 10, confirmations: 1 });
    const { address } = chain.admin;
    const people = {
      holder: address,
      governance: address,
      guardian: address,
      platform: address,
      stakers: address,
    };
    const artifacts = new URL("../../../artifacts/hardhat/", import.meta.url);
    const plan = { artifacts, verifyingKeys: [key], settleWindowSeconds: 1n, ...people };
    await assert.rejects(deployAll(sender, plan), { code: "TRB_KEY_DEVELOPMENT" });
    assert.equal(await chain.client.getTransactionCount({ address }), 0);
  } finally {
    await chain.close();
  }
});

test("bites: without the check the forged payouts are accepted on a chain with money", async () => {
  const mutant = await importMutant<typeof import("../../../src/operations/verify.ts")>(
    "src/operations/verify.ts",
    {
      file: "src/protocol/development-key.ts",
      remove: "chainId !== DEVELOPMENT_CHAIN_ID && isDevelopmentKey(key)",
      insert: "false",
    },
  );
  assert.equal(await verdictOn(1n, mutant.verifyBundleText), "accepted");
});
