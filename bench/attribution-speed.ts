/**
 * How fast is an index built, and what memory does it take? Rows like optdigits' (64 numbers, 10 labels), made up and streamed.
 *
 *     node bench/attribution-speed.ts [--json] [--rows 10000,100000,1000000] [--widths 63,127,255]
 *
 * "fit" is what does not grow with the rows beyond 8,192: directions, curvature, columns. rows/s is of the rest: gradients,
 * columns and sums of each position, in one thread. GFLOP/s are those of the kernel that everything else is made of.
 */
import { parseArgs } from "node:util";
import { integersOf } from "../src/attribution/build.ts";
import { scoreTrace } from "../src/attribution/scores.ts";
import { denseRows } from "../src/model/activations.ts";
import { familyOf } from "../src/model/family.ts";
import { gram, multiply } from "../src/numeric/linear/dense.ts";
import { seededRandom } from "../src/numeric/random.ts";
import { type FittedMethod, fitMethod } from "../src/operations/attribution/fit.ts";
import type { LabelledRows } from "../src/operations/attribution/gradients.ts";
import { DEFAULT_METHOD } from "../src/operations/attribution/options.ts";
import { RowPass } from "../src/operations/attribution/row-pass.ts";

const FEATURES = 64;
const CLASSES = 10;
const CHUNK = 2048;
const POSITIONS = 1024;
const DIGEST = `0x${"0".repeat(64)}` as const;

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rows: { type: "string", default: "10000,100000,1000000" },
    widths: { type: "string", default: "63,127,255" },
  },
});
const list = (text: string): number[] => text.split(",").map(Number);
const seconds = <T>(run: () => T): { value: T; time: number } => {
  const begun = performance.now();
  const value = run();
  return { value, time: (performance.now() - begun) / 1000 };
};
const megabytes = (): number => Math.round(process.memoryUsage().rss / 2 ** 20);

/** Points around one centre for each label; labels are wrong now and then. */
function madeUp(count: number, seed: number): Omit<LabelledRows, "adapters"> {
  const random = seededRandom(seed);
  const centres = seededRandom(1);
  const centre = Float64Array.from({ length: CLASSES * FEATURES }, () => centres.normal() / 8);
  const labels = Uint32Array.from({ length: count }, () => random.integer(CLASSES));
  const values = new Float64Array(count * FEATURES);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < FEATURES; j++)
      values[i * FEATURES + j] = centre[labels[i]! * FEATURES + j]! + (random.uniform() - 0.5) / 2;
  return { activations: denseRows(values, FEATURES), labels };
}

const sample = madeUp(20_000, 2);
const names = Array.from({ length: CLASSES }, (_, c) => String(c));
const family = familyOf("linear");
const adapter = family.fit(
  { ...sample, names, base: DIGEST, datanet: { root: DIGEST, version: 1 } },
  { seed: 1, ridge: 1e-4, tolerance: 1e-4 },
);
const adapters = [adapter];
const owners = Uint32Array.from(sample.labels, (_, i) => i % POSITIONS);
// The same rows again and again: making them up would take longer than attributing them.
const block = Array.from({ length: 8 }, (_, i) => ({ ...madeUp(CHUNK, 3 + i * CHUNK), adapters }));

/** Σ φ_i of each position over so many rows, in whole chunks. */
function sumUp(fitted: FittedMethod, rows: number): Float64Array {
  const chunks = Math.ceil(rows / CHUNK);
  const pass = new RowPass(
    fitted,
    Uint32Array.from({ length: chunks * CHUNK }, (_, i) => i % POSITIONS),
    POSITIONS,
  );
  for (let at = 0; at < chunks; at++) pass.add(block[at % block.length]!, at * CHUNK);
  pass.settle();
  return pass.sums();
}

const table: Record<string, number>[] = [];
for (const width of list(flags.widths)) {
  const fit = seconds(() => fitMethod({ ...sample, adapters }, owners, width, DEFAULT_METHOD));
  for (const rows of list(flags.rows)) {
    const { value: sums, time } = seconds(() => sumUp(fit.value, rows));
    const whole = seconds(() => integersOf(sums, width));
    const index = { phi: whole.value.phi, positions: POSITIONS, width };
    const u = Int8Array.from({ length: width }, (_, j) => ((37 * j) % 255) - 127);
    const scoring = seconds(() => {
      for (let q = 0; q < 2000; q++) scoreTrace(u, index);
    });
    table.push({
      k: width,
      rows,
      "fit s": Number(fit.time.toFixed(2)),
      "rows/s": Math.round(rows / time),
      "whole build s": Number((fit.time + time + whole.time).toFixed(2)),
      "resident MiB": megabytes(),
      "traces scored/s": Math.round(2000 / scoring.time),
    });
  }
}
const n = 640;
const x = Float64Array.from({ length: 4096 * n }, (_, i) => (i % 1000) / 1000 - 0.5);
gram(x, n);
const grams = seconds(() => gram(x, n));
const operand = { values: x, columns: n };
const products = seconds(() => multiply(operand, { values: x.subarray(0, n * n), columns: n }));
const kernel = {
  "XᵀX GFLOP/s": Number(((4096 * n * n) / grams.time / 1e9).toFixed(1)),
  "A·B GFLOP/s": Number(((2 * 4096 * n * n) / products.time / 1e9).toFixed(1)),
};
if (flags.json) process.stdout.write(`${JSON.stringify({ table, kernel })}\n`);
else {
  console.table(table);
  console.table([kernel]);
}
