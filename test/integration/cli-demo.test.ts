import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Expectation, verifyBundleText } from "../../src/operations/verify.ts";
import { type Report, reportSchema } from "../../src/report/schema.ts";
import { parseStatement } from "../../src/verification/statement-file.ts";
import { type CliResult, jsonOf, tributary } from "../helpers/cli.ts";

const out = mkdtempSync(join(tmpdir(), "tributary-demo-"));
after(() => rmSync(out, { recursive: true, force: true }));

let demo: CliResult;
let report: Report;
before(async () => {
  demo = await tributary(["demo", "--tier", "mini", "--out", out, "--json"]);
  assert.equal(demo.code, 0, demo.stdout + demo.stderr);
  report = reportSchema.parse(JSON.parse(readFileSync(join(out, "report.json"), "utf8")));
});

const sum = (amounts: readonly string[]): bigint =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n);

test("the demo tells the whole story", () => {
  assert.equal(jsonOf(demo).ok, true);
  assert.ok(report.dataset.contributors >= 12);
  assert.ok(report.inferences.length >= 16);
  assert.ok(report.batches.length >= 4);
  assert.equal(report.models.length, 2);
  assert.notEqual(report.models[0]!.indexCommitment[0], report.models[1]!.indexCommitment[0]);
  const full = report.proofSystem.traces;
  assert.ok(
    report.batches.slice(0, -1).every(({ count }) => count === full),
    "full but for the last",
  );
  assert.ok(report.batches.every((batch) => batch.verifiedOffChain && batch.verifiedOnChain));
});

test("models are better than the majority baseline", () => {
  for (const { accuracy, majorityBaseline } of report.models) assert.ok(accuracy > 2 * majorityBaseline);
});

test("the report's amounts add up, from its lines and against the chain", () => {
  const { totals, batches, contributors, inferences } = report;
  assert.equal(sum(batches.map(({ pool }) => pool)), BigInt(totals.pools));
  assert.equal(sum(inferences.map(({ pool }) => pool)), BigInt(totals.pools));
  for (const { pool, paid, unattributed, dust } of batches) {
    assert.equal(BigInt(pool), sum([paid, unattributed, dust]));
  }
  assert.equal(sum(contributors.map(({ claimed }) => claimed)), BigInt(totals.paid));
  assert.equal(totals.unclaimed, "0");
  assert.ok(totals.balances.length >= 9);
  for (const { left, right } of totals.balances) assert.equal(left, right);
});

test("shares of an inference explain its batch's payouts", () => {
  report.batches.forEach(({ paid }, batch) => {
    const mine = report.inferences.filter((inference) => inference.batch === batch);
    const shares = mine.flatMap((inference) => inference.shares.map(({ amount }) => amount));
    const gap = BigInt(paid) - sum(shares);
    assert.ok(
      gap >= 0n && gap < BigInt(shares.length + report.contributors.length),
      `batch ${batch}: ${gap}`,
    );
  });
});

test("bundles and the page are written; a bundle is at most 4 KB beside its payouts", () => {
  for (const { bundle } of report.batches) {
    const text = readFileSync(join(out, bundle), "utf8");
    const { payouts, ...rest } = JSON.parse(text) as Record<string, unknown>;
    assert.ok(Array.isArray(payouts) && JSON.stringify(rest).length <= 4096);
  }
  const page = readFileSync(join(out, "report.html"), "utf8");
  for (const { name } of report.contributors) assert.ok(page.includes(name), name);
});

const bundleFile = (): string => join(out, report.batches[0]!.bundle);
const statementFile = (): string =>
  join(out, "workspace/batches", `${report.batches[0]!.bundle.slice(8, -5)}.statement.json`);

test("verify: 0 for the bundle, 1 without a statement, 0 for the proof alone", async () => {
  assert.equal((await tributary(["verify", bundleFile(), "--expect", statementFile()])).code, 0);
  const unchecked = await tributary(["verify", bundleFile()]);
  assert.equal(unchecked.code, 1);
  assert.match(unchecked.stdout, /statement unchecked/);
  assert.equal((await tributary(["verify", bundleFile(), "--proof-only"])).code, 0);
});

test("verify: a bundle that claims a tier without a pinned key is false, not an error", async () => {
  const bundle = JSON.parse(readFileSync(bundleFile(), "utf8")) as Record<string, unknown>;
  const file = join(out, "large.json");
  writeFileSync(file, JSON.stringify({ ...bundle, tier: "large" }));
  const result = await tributary(["verify", file, "--proof-only", "--json"]);
  assert.equal(result.code, 1);
  assert.ok((jsonOf(result).failures as unknown[]).length > 0);
});

test("verify: another batch's statement, and a file that is no bundle, are 1", async () => {
  const other = join(out, report.batches[1]!.bundle);
  const wrong = await tributary(["verify", other, "--expect", statementFile(), "--json"]);
  assert.equal(wrong.code, 1);
  assert.ok(
    (jsonOf(wrong).failures as { code: string }[]).every(({ code }) => code === "TRB_VERIFY_STATEMENT"),
  );
  const cut = join(out, "cut.json");
  writeFileSync(cut, readFileSync(bundleFile(), "utf8").slice(0, 500));
  const malformed = await tributary(["verify", cut, "--expect", statementFile(), "--json"]);
  assert.equal(malformed.code, 1);
  assert.deepEqual(
    (jsonOf(malformed).failures as { code: string }[]).map(({ code }) => code),
    ["TRB_BUNDLE_JSON"],
  );
});

/** Every leaf of a JSON value with a change that keeps its form: the last digit of a number or hex string. */
function forgeries(value: unknown, path: string): { path: string; change: (root: unknown) => void }[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => forgeries(child, `${path}.${key}`));
  }
  const change = (root: unknown): void => {
    const keys = path.split(".").slice(1);
    const last = keys.pop()!;
    const parent = keys.reduce<Record<string, unknown>>(
      (node, key) => node[key] as Record<string, unknown>,
      root as Record<string, unknown>,
    );
    parent[last] = typeof value === "number" ? value + 1 : flip(value as string);
  };
  return [{ path, change }];
}

function flip(text: string): string {
  const digit = text.at(-1)!;
  if (/^0x/.test(text)) return text.slice(0, -1) + (digit === "0" ? "1" : "0");
  return /^\d+$/.test(text) ? String(BigInt(text) + 1n) : `${text}x`;
}

test("every field of a bundle, changed, is refused; through the command with exit code 1", async () => {
  const text = readFileSync(bundleFile(), "utf8");
  const statement = parseStatement(readFileSync(statementFile(), "utf8"));
  const expectation: Expectation = { kind: "statement", of: async () => statement };
  const all = forgeries(JSON.parse(text), "");
  assert.ok(all.length > 40);
  for (const { path, change } of all) {
    const forged = JSON.parse(text) as unknown;
    change(forged);
    const { ok, failures } = await verifyBundleText(JSON.stringify(forged), expectation);
    assert.ok(!ok && failures.length > 0, `${path} was accepted`);
  }
  for (const field of [".payouts.0", ".proof.y", ".statement.pools.0", ".keyDigest", ".tier"]) {
    const forged = JSON.parse(text) as unknown;
    all.find(({ path }) => path === field)!.change(forged);
    const file = join(out, "forged.json");
    writeFileSync(file, JSON.stringify(forged));
    const { code } = await tributary(["verify", file, "--expect", statementFile()]);
    assert.equal(code, 1, field);
  }
});

test("a second run in the same folder replaces the first; a folder with other files is left alone", async () => {
  const foreign = mkdtempSync(join(tmpdir(), "tributary-foreign-"));
  writeFileSync(join(foreign, "thesis.tex"), "years of work");
  const refused = await tributary(["demo", "--out", foreign, "--json"]);
  assert.equal((jsonOf(refused).error as { code: string }).code, "TRB_CLI_OUT_NOT_EMPTY");
  assert.deepEqual(readdirSync(foreign), ["thesis.tex"]);
  rmSync(foreign, { recursive: true });
});
