import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { paramsDigest } from "../../src/params/digest.ts";
import { developmentTrapdoor } from "../../src/proof/development/secrets.ts";
import { encodeBundle, MAX_BUNDLE_CHARACTERS } from "../../src/protocol/bundle.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import { keyDigest } from "../../src/protocol/transcript.ts";
import { encodeDeployment } from "../../src/settlement/deployment.ts";
import { encodeStatement } from "../../src/verification/statement-file.ts";
import { loadChainRecord } from "../../src/workspace/chain-record.ts";
import { workspaceAt } from "../../src/workspace/workspace.ts";
import { jsonOf, REPOSITORY } from "../helpers/cli.ts";
import { forgedProof } from "../helpers/forged-proof.ts";
import { wellFormedSettlement } from "../helpers/settlement.ts";
import { commitAmounts } from "../helpers/trapdoor.ts";

/** Bundles that hold under the development key, made with its secrets: a proof in milliseconds. */
const folder = mkdtempSync(join(tmpdir(), "tributary-verify-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
const key = (await readManifest()).tiers.mini!.keys!.development!.verifyingKey;
const digest = keyDigest(key);

const { statement } = wellFormedSettlement("mini");
const payouts = Array.from({ length: statement.positions }, (_, c) => BigInt(c));
const claim = {
  payouts,
  payoutCommitment: commitAmounts(payouts, statement.positions),
  unattributed: 0n,
  recipient: `0x${"ec".repeat(20)}`,
} as const;
const good = encodeBundle(forgedProof(developmentTrapdoor("mini"), key, statement, claim));
writeFileSync(path("good.json"), good);
writeFileSync(path("bad.json"), good.replace(`"payouts":["0","1"`, `"payouts":["1","1"`));
writeFileSync(path("statement.json"), encodeStatement(statement));

function verify(args: readonly string[], input = "") {
  const bin = join(REPOSITORY, "src/cli/bin.ts");
  const options = { cwd: folder, input, encoding: "utf8" as const };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "verify", ...args], options);
  return { code: status, stdout, stderr };
}

test("one bundle is told in sentences, with the key that it was checked with", () => {
  const result = verify(["good.json", "--expect", "statement.json"]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  assert.ok(result.stdout.includes(`key ${digest}`), result.stdout);
  const refused = verify(["bad.json", "--expect", "statement.json"]);
  assert.equal(refused.code, 1);
  assert.ok(refused.stdout.includes(`key ${digest}`), "a refusal names it, too");
});

test("several are a line each, and 1 if one does not hold", () => {
  const both = verify(["good.json", "bad.json", "--proof-only"]);
  assert.equal(both.code, 1, both.stderr);
  const lines = both.stdout.trim().split("\n");
  assert.match(lines[0]!, new RegExp(`^good.json: holds, key ${digest}$`));
  assert.match(lines[1]!, /^bad.json: REFUSED TRB_VERIFY_EQUATION/);
  const json = verify(["good.json", "good.json", "--proof-only", "--json"]);
  const { ok, verdicts } = jsonOf(json) as { ok: boolean; verdicts: { bundle: string; keyDigest: string }[] };
  assert.equal(json.code, 0);
  assert.ok(ok);
  assert.deepEqual(
    verdicts.map(({ bundle, keyDigest }) => [bundle, keyDigest]),
    [
      ["good.json", digest],
      ["good.json", digest],
    ],
  );
  const one = verify(["good.json", "bad.json", "--expect", "statement.json", "--json"]);
  assert.deepEqual([one.code, (jsonOf(one).error as { code: string }).code], [2, "TRB_CLI_USAGE"]);
});

test("- is standard input, of which no more is read than a bundle may have", () => {
  assert.equal(verify(["-", "--proof-only"], good).code, 0);
  const long = verify(["-", "--proof-only", "--json"], " ".repeat(MAX_BUNDLE_CHARACTERS + 1));
  assert.equal(long.code, 1);
  assert.deepEqual(
    (jsonOf(long).failures as { code: string }[]).map(({ code }) => code),
    ["TRB_BUNDLE_TOO_LARGE"],
  );
});

test("a chain.json is a deployment record, and its node is not taken", () => {
  const contract = `0x${"5e".repeat(20)}` as const;
  const deployment = {
    chainId: 31337n,
    block: 0n,
    paramsDigest: paramsDigest(),
    contracts: {
      openToken: contract,
      dataNetRegistry: contract,
      modelRegistry: contract,
      verifierRouter: contract,
      settlement: contract,
      treasury: contract,
      dataNetReserve: contract,
    },
    verifiers: {},
  };
  const text = encodeDeployment(deployment);
  writeFileSync(path("deployment.json"), text);
  writeFileSync(path("chain.json"), `{"rpc":"http://127.0.0.1:1","deployment":${text}}`);
  const rpc = "http://127.0.0.1:2";
  for (const name of ["deployment.json", "chain.json"]) {
    const found = loadChainRecord(workspaceAt(path("none")), { rpc, deploymentFile: path(name) });
    assert.deepEqual(found, { rpc, deployment });
  }
  const nowhere = { deploymentFile: path("chain.json") };
  assert.throws(() => loadChainRecord(workspaceAt(path("none")), nowhere), {
    code: "TRB_WORKSPACE_NO_CHAIN",
  });
  writeFileSync(path("broken.json"), "{");
  assert.throws(
    () => loadChainRecord(workspaceAt(path("none")), { rpc, deploymentFile: path("broken.json") }),
    {
      code: "TRB_SETTLEMENT_DEPLOYMENT_FORMAT",
    },
  );
});
