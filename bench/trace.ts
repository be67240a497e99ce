/**
 * What a trace costs over a plain answer: the product's graph with and without the backward pass and the sketch, one request
 * at a time, in turns, median over the requests.
 *
 *   node bench/trace.ts [--requests 500] [--only digits,text,encoder] [--models 100] [--json]
 *
 * With --models so many models of each shape are opened in sessions of their own and in a shared one, and compared.
 */
import { parseArgs } from "node:util";
import { InferenceSession } from "onnxruntime-node";
import { scoreTrace } from "../src/attribution/scores.ts";
import { adaptedNetwork } from "../src/model/network/adapted.ts";
import { openBase } from "../src/model/session.ts";
import { encodeGraph, type Graph } from "../src/numeric/onnx/graph.ts";
import { quantile } from "../src/numeric/statistics.ts";
import { readAnswer, writeAnswer } from "../src/trace/answer.ts";
import { bindConstants } from "../src/trace/bind.ts";
import { traceGraph } from "../src/trace/graph.ts";
import { PORTS } from "../src/trace/ports.ts";
import { quantise } from "../src/trace/quantise.ts";
import { requestReader } from "../src/trace/request.ts";
import { GraphWriter } from "../src/trace/writer.ts";
import { quantisationOf } from "./devices/machines.ts";
import { type Subject, subjectsOf } from "./devices/subjects.ts";
import { encoder } from "./encoder.ts";
import { type ManyModels, manyModels } from "./many-models.ts";
import { digits, harbourDesk } from "./sources.ts";

const options = {
  executionProviders: ["cpu"],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  logSeverityLevel: 4,
} as const;

/** Medians in microseconds. */
interface Timing {
  readonly name: string;
  /** From the request to what the graph reads: hashing, or the run of a user's base. */
  readonly reading: number;
  /** Reading and plain graph, reading and trace graph. */
  readonly plain: number;
  readonly traced: number;
  readonly ratio: number;
  /** u and scores from the gradient. */
  readonly quantise: number;
  /** Nodes of the two graphs. */
  readonly nodes: readonly [number, number];
}

/** What of a trace graph is needed for the answer alone. */
function withoutTrace(graph: Graph, classes: number): Graph {
  const to = new GraphWriter();
  writeAnswer(to);
  const answer = to.build("plain", [{ name: PORTS.answer, dims: [1, classes + 1] }]);
  const wanted = new Set([PORTS.answer as string]);
  const own = graph.nodes.filter(({ output }) => output !== PORTS.answer);
  const nodes = [...own, ...answer.nodes].toReversed().filter(({ output, inputs }) => {
    if (!wanted.has(output)) return false;
    for (const name of inputs) wanted.add(name);
    return true;
  });
  return {
    ...answer,
    nodes: nodes.reverse(),
    inputs: graph.inputs.filter(({ name }) => wanted.has(name)),
    constants: graph.constants.filter(({ name }) => wanted.has(name)),
  };
}

async function time(subject: Subject, requests: number): Promise<Timing> {
  const { base, adapter, sketch, index } = subject;
  const open = await openBase(base);
  const adapted = adaptedNetwork(adapter, base);
  const graph = bindConstants(traceGraph([adapted.network], sketch), [adapted], sketch);
  const read = requestReader(open, adapted);
  const classes = adapter.labels.length;
  const parts = { plain: withoutTrace(graph, classes), traced: graph };
  const sessions = {
    plain: await InferenceSession.create(encodeGraph(parts.plain), options),
    traced: await InferenceSession.create(encodeGraph(parts.traced), options),
  };
  const times = {
    reading: [] as number[],
    plain: [] as number[],
    traced: [] as number[],
    quantise: [] as number[],
  };
  const since = (begun: number): number => 1000 * (performance.now() - begun);
  for (let i = 0; i < requests; i++) {
    const request = subject.requests[i % subject.requests.length]!;
    // Whichever comes second finds warmer caches.
    for (const kind of i % 2 === 0 ? (["plain", "traced"] as const) : (["traced", "plain"] as const)) {
      const begun = performance.now();
      const feeds = await read(request);
      if (kind === "plain") times.reading.push(since(begun));
      const run = await sessions[kind].run(feeds);
      times[kind].push(since(begun));
      if (kind === "plain") continue;
      const then = performance.now();
      quantise(readAnswer(run, classes).gradient, quantisationOf(subject), (u) => scoreTrace(u, index));
      times.quantise.push(since(then));
    }
  }
  await Promise.all([sessions.plain.release(), sessions.traced.release(), open.close()]);
  const median = (kind: keyof typeof times): number => quantile(times[kind], 0.5);
  return {
    name: subject.name,
    reading: median("reading"),
    plain: median("plain"),
    traced: median("traced"),
    ratio: median("traced") / median("plain"),
    quantise: median("quantise"),
    nodes: [parts.plain.nodes.length, parts.traced.nodes.length],
  };
}

const { values: flags } = parseArgs({
  options: {
    requests: { type: "string", default: "500" },
    only: { type: "string", default: "digits,text,encoder" },
    models: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
  },
});
const SOURCES = { digits, text: harbourDesk, encoder } as const;
const line = (cells: readonly string[]): string =>
  cells.map((cell, at) => cell.padEnd(at === 0 ? 28 : 12)).join("");
const say = (text: string): void => void (flags.json || process.stdout.write(`${text}\n`));

const timings: Timing[] = [];
const models: ManyModels[] = [];
say(line(["µs", "reading", "plain", "traced", "ratio", "quantise", "nodes"]));
for (const name of flags.only.split(",") as (keyof typeof SOURCES)[]) {
  const source = SOURCES[name]();
  if (source === undefined) {
    say(`${name}: not measured, the data set is absent`);
    continue;
  }
  const requests = Math.ceil(Number(flags.requests) / (name === "encoder" ? 5 : 1));
  for await (const subject of subjectsOf(name, source, 100)) {
    const timing = await time(subject, requests);
    timings.push(timing);
    const { reading, plain, traced, ratio, quantise: integers, nodes } = timing;
    const figures = [reading, plain, traced].map((x) => x.toFixed(0));
    say(line([timing.name, ...figures, ratio.toFixed(2), integers.toFixed(0), nodes.join(" → ")]));
    if (Number(flags.models) > 0) models.push(await manyModels(subject, Number(flags.models), requests));
  }
}
if (models.length > 0) {
  say(line(["own → shared", "one, µs", "in turns, µs", "open, ms", "MB", "of u differ"]));
  for (const { name, own, shared, differing } of models) {
    const both = (of: keyof typeof own, digits: number): string =>
      `${own[of].toFixed(digits)} → ${shared[of].toFixed(digits)}`;
    say(
      line([
        name,
        both("one", 0),
        both("turns", 0),
        both("open", 1),
        both("memory", 2),
        differing.join(" of "),
      ]),
    );
  }
}
if (flags.json) process.stdout.write(`${JSON.stringify({ timings, models }, null, 2)}\n`);
