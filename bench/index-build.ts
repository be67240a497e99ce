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
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
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
import { CLASSES, FEATURES, MadeUpRows } from "./made-up-rows.ts";
import { measured } from "./measured-command.ts";

const NOISE = Number(process.env.TRIBUTARY_BENCH_NOISE ?? 0.5);
const TRAINED = 20_000;

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

function madeUp(count: number): DataNet {
  const made = new MadeUpRows(Number(flags.decimals), NOISE);
  const labels = Array.from({ length: CLASSES }, (_, c) => String(c));
  const labelled = Array.from({ length: count }, () => ({ label: made.label() }));
  const accepted = labelled.map(({ label }, i) => {
    const features = made.features(label);
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

const table: Record<string, number>[] = [];
for (const count of flags.rows.split(",").map(Number)) {
  const dir = mkdtempSync(join(tmpdir(), "tributary-index-build-"));
  try {
    const workspace = workspaceAt(dir);
    const datanet = madeUp(count);
    writeDataNet(workspace.datanet, datanet, []);
    await train(workspace, datanet);
    const { seconds, cpu, peak } = measured(workspace.dir, ["index", "build"]);
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
