/**
 * What does `tributary index build` take, in time and memory? A made-up DataNet (64 numbers, 10 labels, rows like optdigits' with
 * noise), a head trained on 20,000 of its rows, then the real command in a process of its own.
 *
 *     node bench/index-build.ts [--json] [--rows 100000,300000,1000000] [--tier mini] [--decimals 4]
 *
 * `peak MiB` is the most resident memory that the operating system saw of the command; `rows/s` is rows by its whole wall time, start
 * and commitment included. Development keys of the tier have to be there (`make setup`). TRIBUTARY_BENCH_NOISE is how much noise
 * there is in each number; 0.5 by default.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seededRandom } from "../src/core/random.ts";
import { rowDigest } from "../src/datanet/row-hash.ts";
import { makeRows, makeVersion } from "../src/datanet/rows.ts";
import { writeDataNet } from "../src/datanet/store.ts";
import type { DataNet } from "../src/datanet/types.ts";
import { saveAdapter } from "../src/model/adapter.ts";
import { saveBase } from "../src/model/base.ts";
import { fitScaling, numericBase } from "../src/model/built-in.ts";
import { familyOf } from "../src/model/family.ts";
import { openBase } from "../src/model/session.ts";
import { TIER_NAMES, TIERS } from "../src/params/tiers.ts";
import { writeJson } from "../src/pipeline/files.ts";
import { type Workspace, workspaceAt } from "../src/pipeline/workspace.ts";

const FEATURES = 64;
const CLASSES = 10;
const LATENT = 8;
const NOISE = Number(process.env.TRIBUTARY_BENCH_NOISE ?? 0.5);
const TRAINED = 20_000;
const MAIN = fileURLToPath(new URL("../src/cli/bin.ts", import.meta.url));

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rows: { type: "string", default: "100000,300000,1000000" },
    tier: { type: "string", default: "mini" },
    decimals: { type: "string", default: "4" },
  },
});
const tier = TIER_NAMES.find((name) => name === flags.tier) ?? "mini";
const { positions } = TIERS[tier];

/**
 * Points around one centre for each label that differ along LATENT directions and by a little noise, as digits do (noise alone would
 * make all distances alike), rounded to so many decimals: real tables hold short numbers.
 */
function madeUp(count: number): DataNet {
  const random = seededRandom(7);
  const centre = Float64Array.from({ length: CLASSES * FEATURES }, () => random.normal() / 2);
  const directions = Float64Array.from({ length: LATENT * FEATURES }, () => random.normal());
  const unit = 10 ** Number(flags.decimals);
  const labels = Array.from({ length: CLASSES }, (_, c) => String(c));
  const labelled = Array.from({ length: count }, () => ({ label: random.integer(CLASSES) }));
  const accepted = labelled.map(({ label }, i) => {
    const latent = Float64Array.from({ length: LATENT }, () => random.uniform());
    const features = Float64Array.from({ length: FEATURES }, (_, j) => {
      let x = centre[label * FEATURES + j]! + random.uniform() * NOISE;
      for (let l = 0; l < LATENT; l++) x += latent[l]! * directions[l * FEATURES + j]!;
      // 0 is added because a DataNet knows no −0.
      return Math.round(x * unit) / unit + 0;
    });
    const digest = rowDigest(features, labels[label]!);
    return { features, digest, label: labels[label]!, contributor: null, line: i + 1 };
  });
  const owners = Uint32Array.from({ length: count }, (_, i) => i % positions);
  const contributors = Array.from({ length: positions }, (_, c) => `owner-${c}`);
  const rows = makeRows(accepted, labelled, owners, 1);
  const version = makeVersion(rows, contributors, null);
  return {
    name: "made-up",
    kind: "numeric",
    dimension: FEATURES,
    capacity: positions,
    labels,
    contributors,
    rows,
    root: version.root,
    version: 1,
    versions: [version],
    dealing: null,
  };
}

/** Model 1 of a workspace: a head trained on the first rows, which is enough to index all of them. */
async function train(workspace: Workspace, { rows, labels: names, root }: DataNet): Promise<void> {
  const some = rows.slice(0, TRAINED);
  const base = numericBase(fitScaling(some.map(({ features }) => features as Float64Array)));
  const opened = await openBase(base);
  const activations = await opened.encode(some.map(({ features }) => features));
  await opened.close();
  const labels = Uint32Array.from(some, ({ label }) => label);
  const data = { activations, labels, names, base: base.digest, datanet: { root, version: 1 } };
  const folder = join(workspace.models, "1");
  saveBase(join(folder, "base"), base);
  saveAdapter(
    join(folder, "adapter"),
    familyOf("linear").fit(data, { seed: 1, ridge: 1e-4, tolerance: 1e-4 }),
  );
  writeJson(join(folder, "evaluation.json"), {
    rows: 0,
    heldOut: false,
    accuracy: 0,
    majorityBaseline: 0,
    trainMs: 0,
  });
}

/** Runs the command and asks the system for its processor time, all threads together, and for the most memory that it had. */
function build(workspace: Workspace): { seconds: number; cpu: number; peak: number } {
  const report = join(workspace.dir, "usage.json");
  const usage = `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage())))`;
  const preload = `data:text/javascript,import{createRequire}from"node:module";const require=createRequire("/");${encodeURIComponent(usage)}`;
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", preload, MAIN, "index", "build", "--dir", workspace.dir, "--json"],
    { encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(`the command failed: ${stderr}${stdout}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(report, "utf8"));
  return { seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 };
}

const table: Record<string, number>[] = [];
for (const count of flags.rows.split(",").map(Number)) {
  const dir = mkdtempSync(join(tmpdir(), "tributary-index-build-"));
  try {
    const workspace = workspaceAt(dir);
    const datanet = madeUp(count);
    writeDataNet(workspace.datanet, datanet, []);
    await train(workspace, datanet);
    const { seconds, cpu, peak } = build(workspace);
    table.push({
      rows: count,
      "rows.jsonl MB": Math.round(statSync(join(workspace.datanet, "rows.jsonl")).size / 1e6),
      "wall s": Number(seconds.toFixed(1)),
      "processor s": Number(cpu.toFixed(1)),
      "rows/s": Math.round(count / seconds),
      "peak MiB": Math.round(peak),
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}
if (flags.json) process.stdout.write(`${JSON.stringify(table)}\n`);
else console.table(table);
