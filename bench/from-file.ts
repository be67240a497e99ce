/**
 * What do the commands take, in time and memory, that go from a user's file to an index? A made-up file (64 numbers, 10 labels, every
 * hundredth row a copy of the one before), then the real commands, each in a process of its own: `tributary datanet import` with a
 * tenth held out and the rows dealt to contributors, `tributary train`, `tributary index build`.
 *
 *     node bench/from-file.ts [--json] [--rows 10000,100000,300000,1000000] [--format csv|jsonl] [--tier mini] [--decimals 4] [--steps import,train,index]
 *
 * `peak MiB` is the most resident memory that the operating system saw; `rows/s` is rows of the file by the whole wall time, start
 * included. A step that fails is told with what it said, and the steps after it are left out. The index needs the tier's development
 * keys (`make setup`). TRIBUTARY_BENCH_NOISE is how much noise there is in each number; 0.5 by default.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeSynced } from "../src/files/synced-file.ts";
import { FEATURES, type MadeUpRow, MadeUpRows } from "./made-up-rows.ts";
import { measured } from "./measured-command.ts";

const COPY_EVERY = 100;
const PART = 1024;
const CONTRIBUTORS = 12;

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rows: { type: "string", default: "10000,100000,300000,1000000" },
    format: { type: "string", default: "csv" },
    tier: { type: "string", default: "mini" },
    decimals: { type: "string", default: "4" },
    steps: { type: "string", default: "import,train,index" },
  },
});
const noise = Number(process.env.TRIBUTARY_BENCH_NOISE ?? 0.5);

const lineOf = ({ features, label }: MadeUpRow): string =>
  flags.format === "csv"
    ? `${features.join(",")},${label}\n`
    : `${JSON.stringify({ x: Array.from(features), label })}\n`;

function* source(count: number): Generator<Buffer> {
  const rows = new MadeUpRows(Number(flags.decimals), noise);
  let row: MadeUpRow = { features: new Float64Array(FEATURES), label: 0 };
  for (let from = 0; from < count; from += PART) {
    let text = "";
    for (let i = from; i < Math.min(count, from + PART); i++) {
      if (i % COPY_EVERY !== COPY_EVERY - 1) {
        const label = rows.label();
        row = { features: rows.features(label), label };
      }
      text += lineOf(row);
    }
    yield Buffer.from(text);
  }
}

const columns =
  flags.format === "csv"
    ? ["--features", `0-${FEATURES - 1}`, "--label", String(FEATURES)]
    : ["--features", "x", "--label", "label"];

const commands: Record<string, (file: string) => string[]> = {
  import: (file) =>
    ["datanet", "import", file, ...columns].concat([
      "--contributors",
      String(CONTRIBUTORS),
      "--hold-out",
      "0.1",
      "--tier",
      flags.tier,
    ]),
  train: () => ["train"],
  index: () => ["index", "build"],
};

const table: Record<string, number | string>[] = [];
for (const count of flags.rows.split(",").map(Number)) {
  const dir = mkdtempSync(join(tmpdir(), "tributary-from-file-"));
  try {
    const file = join(dir, `rows.${flags.format}`);
    writeSynced(file, source(count), 0o644);
    const common = { rows: count, "file MB": Math.round(statSync(file).size / 1e6) };
    for (const step of flags.steps.split(",")) {
      const load = loadavg()[0]!.toFixed(1);
      try {
        const { seconds, cpu, peak } = measured(dir, commands[step]!(file));
        table.push({
          ...common,
          step,
          "wall s": Number(seconds.toFixed(1)),
          "processor s": Number(cpu.toFixed(1)),
          "rows/s": Math.round(count / seconds),
          "peak MiB": Math.round(peak),
          load,
        });
      } catch (error) {
        process.stderr.write(`${count} rows: ${(error as Error).message}\n`);
        table.push({ ...common, step, load, failed: (error as Error).message.slice(0, 60) });
        break;
      }
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}
if (flags.json) process.stdout.write(`${JSON.stringify(table)}\n`);
else console.table(table);
