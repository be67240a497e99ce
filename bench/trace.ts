/**
 * What a trace costs over a plain answer: the same graphs with and without the backward pass and the sketch, one request
 * at a time, in turns, median over the requests. `node bench/trace.ts [--requests 500] [--json]`
 */

import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { scoreTrace } from "../src/attribution/scores.ts";
import { encodeGraph, type Graph } from "../src/core/onnx-graph.ts";
import { seededRandom } from "../src/core/random.ts";
import type { Features } from "../src/datanet/types.ts";
import { makeBase } from "../src/model/base.ts";
import { fitScaling, numericBase, textBase } from "../src/model/built-in.ts";
import { familyOf } from "../src/model/family.ts";
import { exportBase } from "../src/model/mlp/export.ts";
import { adaptedNetwork } from "../src/model/network/adapted.ts";
import { openBase } from "../src/model/session.ts";
import type { Adapter, Base } from "../src/model/types.ts";
import { TIERS } from "../src/params/tiers.ts";
import { fitPcaSketch } from "../src/sketch/fit.ts";
import { constantFeeds } from "../src/trace/feeds.ts";
import { PORTS, requestPort, traceGraph } from "../src/trace/graph.ts";
import { quantise } from "../src/trace/quantise.ts";

const { values: flags } = parseArgs({
  options: { requests: { type: "string", default: "500" }, json: { type: "boolean", default: false } },
});
const REQUESTS = Number(flags.requests);
const ROWS = 400;
const { positions, width } = TIERS.small;
const WORDS = "card ferry lost when harbour money top up transfer fee ticket ship sail rain bank".split(" ");

const options = {
  executionProviders: ["cpu"],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
} as const;

interface Timing {
  readonly base: string;
  readonly kind: string;
  readonly plainMs: number;
  readonly tracedMs: number;
  readonly ratio: number;
  readonly quantiseMs: number;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

/** The graph with the outputs asked for and the nodes that they need. */
function only(graph: Graph, outputs: readonly string[]): Graph {
  const wanted = new Set(outputs);
  const nodes = graph.nodes.toReversed().filter(({ output, inputs }) => {
    if (!wanted.has(output)) return false;
    for (const name of inputs) wanted.add(name);
    return true;
  });
  return {
    ...graph,
    nodes: nodes.reverse(),
    inputs: graph.inputs.filter(({ name }) => wanted.has(name)),
    constants: graph.constants.filter(({ name }) => wanted.has(name)),
    outputs: graph.outputs.filter(({ name }) => outputs.includes(name)),
  };
}

async function time(name: string, base: Base, adapter: Adapter, rows: readonly Features[]): Promise<Timing> {
  const open = await openBase(base);
  const family = familyOf(adapter.kind, base);
  const activations = family.reads === "input" ? open.inputs(rows) : await open.encode(rows);
  const gradients = family.layerGradients(adapter, activations, new Uint32Array(rows.length));
  const sketch = fitPcaSketch([gradients], { width, seed: 1, adapters: [adapter.digest] });
  const adapted = adaptedNetwork(adapter, base);
  const { network } = adapted;
  const graph = traceGraph([network], sketch);
  const port = requestPort(network);
  const prepare = async (of: Graph) => {
    const session = await InferenceSession.create(encodeGraph(of), options);
    return { session, feeds: constantFeeds([adapted], sketch, session.inputNames) };
  };
  const plain = await prepare(only(graph, [PORTS.probabilities, PORTS.label]));
  const traced = await prepare(graph);
  const phi = Int8Array.from({ length: positions * width }, (_, i) => (i % 255) - 127);
  const quantisation = { columnScales: new Float64Array(width).fill(1), minimumNorm: 1e-9 };
  const times = { plain: [] as number[], traced: [] as number[], quantise: [] as number[] };
  for (let i = 0; i < REQUESTS; i++) {
    const request = rows[i % rows.length]!;
    for (const [kind, { session, feeds }] of [
      ["plain", plain],
      ["traced", traced],
    ] as const) {
      const begun = performance.now();
      const x = adapter.kind === "lora" ? open.read(request) : await open.hidden(request);
      const run = await session.run({ ...feeds, [port]: new Tensor("float32", x, [1, x.length]) });
      times[kind].push(performance.now() - begun);
      if (kind === "plain") continue;
      const then = performance.now();
      quantise(run[PORTS.gradient]!.data as Float32Array, quantisation, (u) =>
        scoreTrace(u, { phi, positions, width }),
      );
      times.quantise.push(performance.now() - then);
    }
  }
  await Promise.all([plain.session.release(), traced.session.release(), open.close()]);
  const [plainMs, tracedMs] = [median(times.plain), median(times.traced)];
  return {
    base: name,
    kind: adapter.kind,
    plainMs,
    tracedMs,
    ratio: tracedMs / plainMs,
    quantiseMs: median(times.quantise),
  };
}

async function timeBase(
  name: string,
  base: Base,
  rows: readonly Features[],
  classes: number,
): Promise<Timing[]> {
  const open = await openBase(base);
  const data = {
    activations: await open.encode(rows),
    labels: Uint32Array.from(rows, (_, i) => i % classes),
    names: Array.from({ length: classes }, (_, c) => String(c)),
    base: base.digest,
    datanet: { root: `0x${"5".repeat(64)}`, version: 1 } as const,
  };
  await open.close();
  const fit = { seed: 1, ridge: 1e-3, epochs: 1, tolerance: 1e-2 };
  const linear = familyOf("linear").fit(data, fit);
  const mlp = familyOf("mlp").fit(data, fit);
  const pretrained = makeBase({ preprocessing: base.preprocessing, ...exportBase(base, mlp) });
  const deep = await openBase(pretrained);
  const inputs = deep.inputs(rows);
  await deep.close();
  const lora = familyOf("lora", pretrained).fit(
    { ...data, activations: inputs, base: pretrained.digest },
    fit,
  );
  return [
    await time(name, base, linear, rows),
    await time(name, base, mlp, rows),
    await time(`${name}, pre-trained`, pretrained, lora, rows),
  ];
}

const random = seededRandom(1);
const numbers = Array.from({ length: ROWS }, () => Float64Array.from({ length: 64 }, () => random.normal()));
const texts = Array.from({ length: ROWS }, () =>
  Array.from({ length: 10 }, () => WORDS[random.integer(WORDS.length)]).join(" "),
);
const results = [
  ...(await timeBase("64 numbers, 10 labels", numericBase(fitScaling(numbers)), numbers, 10)),
  ...(await timeBase("text, 8,192 features, 77 labels", textBase(), texts, 77)),
];
if (flags.json) process.stdout.write(`${JSON.stringify({ requests: REQUESTS, results }, null, 2)}\n`);
else {
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => cell.padEnd(at === 0 ? 46 : 14)).join("");
  process.stdout.write(`${line(["base", "kind", "plain, ms", "traced, ms", "ratio", "quantise, ms"])}\n`);
  for (const { base, kind, plainMs, tracedMs, ratio, quantiseMs } of results) {
    const numbersOf = [plainMs, tracedMs, ratio, quantiseMs].map((x) => x.toFixed(3));
    process.stdout.write(`${line([base, kind, ...numbersOf])}\n`);
  }
}
