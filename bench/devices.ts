/**
 * Do two machines give the same integers? The product's trace graphs on each device that is there, against the CPU as the
 * product runs it: labels, entries of u, contributors' shares, and what `traceAgrees` says.
 *
 *   node bench/devices.ts [--requests 200] [--json]
 *
 * A GPU needs a Vulkan driver. One in software does, where there is no GPU: VK_ICD_FILENAMES names the driver's file, such as
 * Chromium's vk_swiftshader_icd.json. WebAssembly: npm install --no-save onnxruntime-web.
 */
import { parseArgs } from "node:util";
import { splitOf, totalVariation } from "../src/evaluation/split.ts";
import { mean, quantile } from "../src/numeric/statistics.ts";
import { isTied, traceAgrees, type Verdict } from "../src/trace/agreement.ts";
import { type Answer, MACHINES, product, quantisationOf } from "./devices/machines.ts";
import { type Subject, subjectsOf } from "./devices/subjects.ts";
import { encoder } from "./encoder.ts";
import { digits, harbourDesk } from "./sources.ts";

interface Comparison {
  readonly requests: number;
  /** Other labels than the CPU's. */
  readonly labels: number;
  readonly probability: number;
  /** Traces with at least one other entry. */
  readonly traces: number;
  /** The part of all entries that is not the CPU's, and the largest difference; of traces with the same label and peak. */
  readonly entries: number;
  readonly most: number;
  /** Traces of another peak. */
  readonly peaks: number;
  /** Gradients before rounding, apart by so many units of an entry: median of the traces' largest, and the largest. */
  readonly distance: { readonly median: number; readonly most: number };
  /** Total variation of a request's shares. */
  readonly variation: { readonly mean: number; readonly most: number };
  /** Of tied labels, the machines' own: u is of other gradients and not compared here. */
  readonly verdicts: Readonly<Record<Verdict | "tie", number>>;
}

const sizeOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The largest distance of two gradients, both scaled to the CPU's peak. */
function distanceOf(cpu: Answer, other: Answer): number {
  const peak = sizeOf(cpu.u);
  const [a, b] = [peak / sizeOf(cpu.gradient), peak / sizeOf(other.gradient)];
  return sizeOf(cpu.gradient.map((x, m) => x * a - other.gradient[m]! * b));
}

const shares = ({ scores }: Answer): Float64Array => splitOf(Float64Array.from(scores));

function compare(subject: Subject, cpu: readonly Answer[], others: readonly Answer[]): Comparison {
  const verdicts = { same: 0, rounding: 0, tie: 0, different: 0 };
  const pairs = cpu.map((one, i) => [one, others[i]!] as const);
  for (const [one, other] of pairs) {
    const probability = other.probabilities[other.labelIndex]!;
    const verdict = isTied(other, one)
      ? "tie"
      : traceAgrees({ ...other, probability }, one, quantisationOf(subject)).verdict;
    verdicts[verdict]++;
  }
  const sameLabel = pairs.filter(([a, b]) => a.labelIndex === b.labelIndex);
  const samePeak = sameLabel.filter(([a, b]) => sizeOf(a.u) === sizeOf(b.u));
  const differences = samePeak.flatMap(([a, b]) => Array.from(a.u, (value, m) => Math.abs(value - b.u[m]!)));
  const distances = sameLabel.map(([a, b]) => distanceOf(a, b));
  const variations = sameLabel.map(([a, b]) => totalVariation(shares(a), shares(b)));
  return {
    requests: pairs.length,
    labels: pairs.length - sameLabel.length,
    probability: Math.max(
      ...pairs.map(([a, b]) => sizeOf(a.probabilities.map((p, c) => p - b.probabilities[c]!))),
    ),
    traces: sameLabel.filter(([a, b]) => a.u.some((value, m) => value !== b.u[m])).length,
    entries: differences.filter((x) => x > 0).length / differences.length,
    most: sizeOf(differences),
    peaks: sameLabel.length - samePeak.length,
    distance: { median: quantile(distances, 0.5), most: sizeOf(distances) },
    variation: { mean: mean(variations), most: sizeOf(variations) },
    verdicts,
  };
}

function line(name: string, one: Comparison): string {
  const { requests, labels, probability, traces, entries, most, peaks, distance, variation, verdicts } = one;
  const said = Object.entries(verdicts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`);
  return [
    `  ${name}: ${requests} requests, ${labels} other labels, probabilities within ${probability.toExponential(1)}`,
    `    u: ${traces} traces differ, ${(100 * entries).toFixed(3)} % of entries by at most ${most}, ${peaks} other peaks`,
    `    before rounding: ${distance.median.toExponential(1)} of an entry (median), at most ${distance.most.toExponential(1)}`,
    `    shares move by ${(100 * variation.mean).toFixed(4)} % (mean), at most ${(100 * variation.most).toFixed(3)} %; verdicts: ${said.join(", ")}`,
  ].join("\n");
}

const { values: flags } = parseArgs({
  options: { requests: { type: "string", default: "200" }, json: { type: "boolean", default: false } },
});
const say = (text: string): void => void (flags.json || process.stdout.write(`${text}\n`));

const missing = new Map<string, string>();
for (const machine of MACHINES) {
  const why = await machine.missing();
  if (why !== undefined) missing.set(machine.name, why);
}
const results: Record<string, Record<string, Comparison | string>> = {};
for (const [name, source] of [
  ["optdigits", digits()],
  ["harbour-desk", harbourDesk()],
  ["an encoder", encoder()],
] as const) {
  if (source === undefined) {
    say(`${name}: not measured, the data set is absent`);
    continue;
  }
  for await (const subject of subjectsOf(name, source, Number(flags.requests))) {
    say(subject.name);
    const cpu = await product("cpu").answers(subject);
    const found: Record<string, Comparison | string> = {};
    for (const machine of MACHINES) {
      const why = missing.get(machine.name);
      found[machine.name] = why ?? compare(subject, cpu, await machine.answers(subject));
      const one = found[machine.name]!;
      say(typeof one === "string" ? `  ${machine.name}: not measured (${one})` : line(machine.name, one));
    }
    results[subject.name] = found;
  }
}
if (flags.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
