/** Many models of one shape in one process, each in a session of its own and all in a shared one. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { scoreTrace } from "../src/attribution/scores.ts";
import { withDigest } from "../src/model/adapter.ts";
import { adaptedNetwork } from "../src/model/network/adapted.ts";
import { openBase } from "../src/model/session.ts";
import type { Adapter } from "../src/model/types.ts";
import { seededRandom } from "../src/numeric/random.ts";
import { quantile } from "../src/numeric/statistics.ts";
import type { Matrix, Sketch } from "../src/sketch/types.ts";
import { openSharedSession } from "../src/trace/shared.ts";
import { openTracer, type TracerParts } from "../src/trace/tracer.ts";
import type { Tracer } from "../src/trace/types.ts";
import { quantisationOf } from "./devices/machines.ts";
import type { Subject } from "./devices/subjects.ts";

interface Opening {
  /** Milliseconds to open a model, median. */
  readonly open: number;
  /** Megabytes of resident memory for each model, besides its adapter and sketch as they were loaded. */
  readonly memory: number;
}

/** What one way of opening the models costs. */
export interface WayCost extends Opening {
  /** Microseconds of a request, median: of one model again and again, and of all models in turns. */
  readonly one: number;
  readonly turns: number;
}

export interface ManyModels {
  readonly name: string;
  readonly own: WayCost;
  readonly shared: WayCost;
  /** Entries of u that differ between the two ways, of so many. */
  readonly differing: readonly [number, number];
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function resident(): number {
  collect();
  return process.memoryUsage().rss / 2 ** 20;
}

/** A model like the subject's, with numbers of its own. */
function likeIt({ adapter, sketch }: Subject, seed: number): { adapter: Adapter; sketch: Sketch } {
  const random = seededRandom(seed);
  const moved = (values: Float32Array): Float32Array => values.map((x) => x * (1 + 0.1 * random.normal()));
  const matrix = (one: Matrix): Matrix => ({ ...one, values: one.values.slice() });
  const { digest: _, ...rest } = adapter;
  const own =
    rest.kind === "mlp"
      ? { ...rest, layers: rest.layers.map((one) => ({ ...one, weights: moved(one.weights) })) }
      : {
          ...rest,
          weights: moved(rest.weights),
          ...(rest.kind === "lora" && { pairs: rest.pairs.map((one) => ({ ...one, a: moved(one.a) })) }),
        };
  const other = withDigest(own) as Adapter;
  const layers = sketch.layers.map((one) => ({
    ...one,
    input: matrix(one.input),
    output: matrix(one.output),
  }));
  const mix = sketch.mix && { mix: matrix(sketch.mix) };
  return { adapter: other, sketch: { ...sketch, layers, ...mix, adapters: [other.digest] } };
}

/** The models, ready to be opened. */
async function prepared(subject: Subject, count: number) {
  const { base, index } = subject;
  const open = await openBase(base);
  const models = Array.from({ length: count }, (_, seed): TracerParts => {
    const { adapter, sketch } = likeIt(subject, seed + 1);
    return {
      base: open,
      adapters: [adapter],
      adapted: (one) => adaptedNetwork(one, base),
      sketch,
      quantisation: quantisationOf(subject),
      score: (u) => scoreTrace(u, index),
    };
  });
  const { adapters, adapted, sketch } = models[0]!;
  return { open, models, share: () => openSharedSession(adapters.map(adapted), sketch) };
}

type Way = "own" | "shared";
const WAYS: readonly Way[] = ["own", "shared"];

/** Megabytes a model, and milliseconds to open one, the shared session included. */
async function openingCost(subject: Subject, count: number, way: Way): Promise<Opening> {
  const { models, share } = await prepared(subject, count);
  const times: number[] = [];
  const tracers: Tracer[] = [];
  const before = resident();
  const shared = way === "shared" ? { shared: await share() } : {};
  for (const parts of models) {
    const begun = performance.now();
    tracers.push(await openTracer({ ...parts, ...shared }));
    times.push(performance.now() - begun);
  }
  for (const tracer of tracers) await tracer.infer(subject.requests[0]!);
  return { open: quantile(times, 0.5), memory: (resident() - before) / count };
}

/** In a process of its own: memory that something else left free would be taken without being seen. */
function openingApart(subject: Subject, count: number, way: Way): Opening {
  const file = join(mkdtempSync(join(tmpdir(), "tributary-models-")), "subject");
  writeFileSync(file, serialize(subject));
  const script = fileURLToPath(import.meta.url);
  const said = execFileSync(process.execPath, [script, file, String(count), way], { encoding: "utf8" });
  rmSync(dirname(file), { recursive: true });
  return JSON.parse(said) as Opening;
}

/** Opens `count` models either way, and asks them the subject's requests. */
export async function manyModels(subject: Subject, count: number, requests: number): Promise<ManyModels> {
  const { open, models, share } = await prepared(subject, count);
  const shared = await share();
  const tracers = {
    own: await Promise.all(models.map((parts) => openTracer(parts))),
    shared: await Promise.all(models.map((parts) => openTracer({ ...parts, shared }))),
  };
  const times = {
    own: { one: [] as number[], turns: [] as number[] },
    shared: { one: [] as number[], turns: [] as number[] },
  };
  let differing = 0;
  for (const kind of ["one", "turns"] as const) {
    for (let i = 0; i < requests; i++) {
      const request = subject.requests[i % subject.requests.length]!;
      const answers: Int8Array[] = [];
      for (const way of i % 2 === 0 ? WAYS : WAYS.toReversed()) {
        const tracer = tracers[way][kind === "one" ? 0 : i % count]!;
        const begun = performance.now();
        answers.push((await tracer.infer(request)).u);
        times[way][kind].push(1000 * (performance.now() - begun));
      }
      if (kind === "turns") differing += answers[0]!.filter((x, m) => x !== answers[1]![m]).length;
    }
  }
  for (const way of WAYS) await Promise.all(tracers[way].map((one) => one.close()));
  await shared.close();
  await open.close();
  const cost = (way: Way): WayCost => ({
    ...openingApart(subject, count, way),
    one: quantile(times[way].one, 0.5),
    turns: quantile(times[way].turns, 0.5),
  });
  return {
    name: subject.name,
    own: cost("own"),
    shared: cost("shared"),
    differing: [differing, requests * subject.sketch.width],
  };
}

if (import.meta.main) {
  const [file, count, way] = process.argv.slice(2);
  const subject = deserialize(readFileSync(file!)) as Subject;
  process.stdout.write(JSON.stringify(await openingCost(subject, Number(count), way as Way)));
}
