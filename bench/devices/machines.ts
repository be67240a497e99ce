/** Places where a trace graph can run. Each gives answers for the same requests; what is not there says why. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { MINIMUM_NORM } from "../../src/attribution/build.ts";
import { scoreTrace } from "../../src/attribution/scores.ts";
import type { TributaryError } from "../../src/core/errors.ts";
import type { Features } from "../../src/datanet/types.ts";
import { familyOf } from "../../src/model/family.ts";
import { adaptedNetwork } from "../../src/model/network/adapted.ts";
import { openBase } from "../../src/model/session.ts";
import type { OpenBase } from "../../src/model/types.ts";
import { type Device, requireDevice } from "../../src/numeric/onnx/device.ts";
import { encodeGraph } from "../../src/numeric/onnx/graph.ts";
import { sketchRows } from "../../src/sketch/apply.ts";
import { readAnswer } from "../../src/trace/answer.ts";
import { bindConstants } from "../../src/trace/bind.ts";
import { traceGraph } from "../../src/trace/graph.ts";
import { quantise } from "../../src/trace/quantise.ts";
import { requestReader } from "../../src/trace/request.ts";
import { openTracer } from "../../src/trace/tracer.ts";
import type { Inference } from "../../src/trace/types.ts";
import type { Subject } from "./subjects.ts";

export type Answer = Pick<Inference, "labelIndex" | "probabilities" | "gradient" | "u" | "scores">;

export interface Machine {
  readonly name: string;
  /** Why it is not there; undefined where it is. */
  missing(): Promise<string | undefined>;
  /** The answers to the subject's requests, in their order. */
  answers(subject: Subject): Promise<Answer[]>;
}

/** Of ONNX Runtime in any of its packages. */
interface Runtime {
  readonly InferenceSession: {
    create(graph: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: typeof Tensor;
}

const there = (): Promise<undefined> => Promise.resolve(undefined);

export const quantisationOf = ({ index: { width } }: Subject) => ({
  columnScales: new Float64Array(width).fill(1),
  minimumNorm: MINIMUM_NORM,
});

const scoreOf =
  ({ index }: Subject) =>
  (u: Int8Array): Int32Array =>
    scoreTrace(u, index);

async function withBase<T>(
  { base }: Subject,
  device: Device,
  work: (open: OpenBase) => Promise<T>,
): Promise<T> {
  const open = await openBase(base, device);
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

async function eachOf<T>(
  requests: readonly Features[],
  one: (request: Features) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const request of requests) results.push(await one(request));
  return results;
}

/** The product's own tracer on a device. */
export const product = (device: Device): Machine => ({
  name: device,
  missing: () =>
    requireDevice(device).then(
      () => undefined,
      (error: TributaryError) => error.details ?? error.message,
    ),
  answers: (subject) =>
    withBase(subject, device, async (base) => {
      const tracer = await openTracer({
        base,
        adapters: [subject.adapter],
        adapted: (one) => adaptedNetwork(one, subject.base),
        sketch: subject.sketch,
        quantisation: quantisationOf(subject),
        score: scoreOf(subject),
        device,
      });
      const answers = await eachOf(subject.requests, (request) => tracer.infer(request));
      await tracer.close();
      return answers;
    }),
});

/** The product's graph in a session with other options, or in another package of ONNX Runtime. The base stays as it is. */
const session = (
  name: string,
  load: () => Promise<Runtime>,
  options: InferenceSession.SessionOptions,
): Machine => ({
  name,
  missing: () =>
    load().then(
      () => undefined,
      (error: Error) => error.message.split("\n")[0]!,
    ),
  answers: (subject) =>
    withBase(subject, "cpu", async (base) => {
      const runtime = await load();
      const adapted = adaptedNetwork(subject.adapter, subject.base);
      const graph = bindConstants(traceGraph([adapted.network], subject.sketch), [adapted], subject.sketch);
      const opened = await runtime.InferenceSession.create(encodeGraph(graph), options);
      const read = requestReader(base, adapted);
      const answers = await eachOf(subject.requests, async (request): Promise<Answer> => {
        const feeds = Object.entries(await read(request)).map(
          ([name, { type, data, dims }]) =>
            [name, new runtime.Tensor(type, data as Float32Array, dims)] as const,
        );
        const run = await opened.run(Object.fromEntries(feeds));
        const answer = readAnswer(run, subject.adapter.labels.length);
        return { ...answer, ...quantise(answer.gradient, quantisationOf(subject), scoreOf(subject)) };
      });
      await opened.release();
      return answers;
    }),
});

/** The library's own float64 passes, without ONNX Runtime. */
const reference: Machine = {
  name: "float64 reference",
  missing: there,
  answers: (subject) =>
    withBase(subject, "cpu", async (base) => {
      const { adapter, sketch, requests } = subject;
      const family = familyOf(adapter.kind, subject.base);
      return eachOf(requests, async (request) => {
        const activations = family.reads === "input" ? base.inputs([request]) : await base.encode([request]);
        const probabilities = Float32Array.from(family.logProbabilities(adapter, activations), Math.exp);
        const labelIndex = probabilities.indexOf(Math.max(...probabilities));
        const gradients = family.layerGradients(adapter, activations, Uint32Array.of(labelIndex));
        const gradient = Float32Array.from(sketchRows([gradients], sketch));
        return {
          labelIndex,
          probabilities,
          gradient,
          ...quantise(gradient, quantisationOf(subject), scoreOf(subject)),
        };
      });
    }),
};

const node = async (): Promise<Runtime> => ({ InferenceSession, Tensor });

/** No dependency of the project: npm install --no-save onnxruntime-web. */
const WEB = "onnxruntime-web";
const web = async (): Promise<Runtime> => {
  const { default: runtime } = (await import(WEB)) as { default: Runtime };
  return runtime;
};

export const MACHINES: readonly Machine[] = [
  session("cpu, graph not optimised", node, {
    graphOptimizationLevel: "disabled",
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  }),
  session("cpu, two threads", node, { intraOpNumThreads: 2, interOpNumThreads: 1 }),
  session("WebAssembly (onnxruntime-web)", web, { executionProviders: ["wasm"] }),
  product("webgpu"),
  product("cuda"),
  reference,
];
