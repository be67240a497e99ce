import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { seededRandom } from "../../src/numeric/random.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { jsonOf, startChain, tributary } from "../helpers/cli.ts";
import { type Terminal, terminal } from "../helpers/cli-story.ts";

const { traces, positions } = TIERS.large;
const FEATURES = 64;
const LABELS = 10;
const ROWS_OF_EACH = 3;
const TEST_ROWS = 200;

/** Points around a centre for each label. */
function points(count: number, seed: number) {
  const centres = seededRandom(7);
  const centre = Array.from({ length: LABELS }, () =>
    Array.from({ length: FEATURES }, () => centres.normal()),
  );
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const label = random.integer(LABELS);
    return { label, values: centre[label]!.map((x) => (x + 2 * random.normal()).toFixed(4)) };
  });
}

const lines = (rows: readonly string[]): string => `${rows.join("\n")}\n`;

const root = mkdtempSync(join(tmpdir(), "tributary-large-"));
const rows = join(root, "rows.csv");
const held = join(root, "held-out.csv");
const requests = join(root, "requests.jsonl");
const columns = ["--features", `0-${FEATURES - 1}`, "--label", String(FEATURES)];
const by: Terminal = terminal(join(root, "workspace"));
let chain: Awaited<ReturnType<typeof startChain>>;

before(async () => {
  const all = points(ROWS_OF_EACH * positions, 1);
  writeFileSync(
    rows,
    lines(
      all.map(({ label, values }, i) => [...values, `kind-${label}`, `owner-${i % positions}`].join(",")),
    ),
  );
  writeFileSync(
    held,
    lines(points(TEST_ROWS, 3).map(({ label, values }) => [...values, `kind-${label}`].join(","))),
  );
  writeFileSync(requests, lines(points(traces, 2).map(({ values }) => JSON.stringify(values.map(Number)))));
  chain = await startChain(by.dir);
});
after(async () => {
  await chain?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** One command, with what it took on stdout: the table of docs/operations.md is from here. */
async function step(...args: string[]): Promise<Record<string, unknown>> {
  const begun = performance.now();
  const result = await by.run(...args);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`${args.slice(0, 2).join(" ")}: ${seconds} s\n`);
  return result;
}

test("1,024 contributors' rows become a model, and an index that is registered", async () => {
  const contributor = ["--contributor", String(FEATURES + 1)];
  await step("datanet", "import", rows, ...columns, ...contributor, "--test", held, "--tier", "large");
  await step("train");
  await step("index", "build");
  await step("register");
});

test("64 inferences are one batch, which is proven, verified against the chain and settled", async () => {
  const { answers } = await step("infer", "--requests", requests);
  assert.equal((answers as unknown[]).length, traces);
  await step("batch", "commit");
  const { proven } = (await step("prove")) as { proven: { name: string }[] };
  assert.equal(proven.length, 1);
  const bundle = join(by.dir, "proofs", `${proven[0]!.name}.json`);
  await step("verify", bundle, "--rpc", chain.rpc);
  await step("settle");
});

test("every position claims what the bundle pays it, to the unit", async () => {
  const [name] = ((await by.run("chain", "status")).batches as { name: string; status: string }[]).map(
    (batch) => {
      assert.equal(batch.status, "settled");
      return batch.name;
    },
  );
  const { payouts } = JSON.parse(readFileSync(join(by.dir, "proofs", `${name}.json`), "utf8")) as {
    payouts: string[];
  };
  assert.equal(payouts.length, positions);
  await step("claim", "--account", `contributor-${positions - 1}`);
  const others = Array.from({ length: positions - 1 }, (_, position) => ["--position", String(position)]);
  await step("claim", ...others.flat());
  const status = (await by.run("chain", "status")) as {
    books: { owed: string; reserve: string }[];
    batches: { pool: string }[];
  };
  const [{ owed, reserve }] = status.books as [{ owed: string; reserve: string }];
  assert.equal(owed, "0");
  const [{ pool }] = status.batches as [{ pool: string }];
  const paid = payouts.reduce((sum, units) => sum + BigInt(units), 0n);
  assert.ok(paid > 0n);
  assert.equal(BigInt(pool), paid + BigInt(reserve));
});

test("the demo of tier large balances to the unit", async () => {
  const out = join(root, "demo");
  const mine = ["--data", rows, ...columns, "--contributors", String(positions), "--test", held];
  const result = await tributary(["demo", ...mine, "--tier", "large", "--out", out, "--json"]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  const { totals, timings } = jsonOf(result) as {
    totals: { unclaimed: string; balances: { left: string; right: string }[] };
    timings: { stage: string; ms: number }[];
  };
  for (const { stage, ms } of timings) process.stdout.write(`demo, ${stage}: ${(ms / 1000).toFixed(1)} s\n`);
  assert.equal(totals.unclaimed, "0");
  for (const { left, right } of totals.balances) assert.equal(left, right);
});
