import { InferenceSession, Tensor } from "onnxruntime-node";
import { TributaryError } from "../core/errors.ts";
import type { Features } from "../datanet/types.ts";
import type { Adapter, OpenBase } from "../model/types.ts";
import type { Sketch } from "../sketch/types.ts";
import { columnLists, PORTS, traceGraphFile, traceShape } from "./graph.ts";
import { quantise, type ScoreFunction } from "./quantise.ts";
import type { Inference, Quantisation, Tracer } from "./types.ts";

export interface TracerParts {
  /** Stays the caller's to close. */
  readonly base: OpenBase;
  readonly adapter: Adapter;
  readonly sketch: Sketch;
  readonly quantisation: Quantisation;
  /** S of integers under the index. */
  readonly score: ScoreFunction;
}

function check({ base, adapter, sketch, quantisation }: TracerParts): void {
  const refuse = (details: string): TributaryError =>
    new TributaryError("TRB_TRACE_MISMATCH", "These parts were not made for one another.", {
      details,
      hint: "Take base, adapter, sketch and index of one model.",
    });
  if (adapter.base !== base.base.digest) throw refuse("the adapter was trained on another base");
  if (sketch.adapters.length !== 1 || sketch.adapters[0] !== adapter.digest)
    throw refuse("the sketch was made for another adapter");
  if (quantisation.columnScales.length !== sketch.width)
    throw refuse("the index has another width than the sketch");
}

/** The tensors that are the same for every request. */
function constantFeeds(adapter: Adapter, sketch: Sketch): Record<string, Tensor> {
  if (adapter.kind !== "linear") throw new RangeError(adapter.kind);
  const { classes, width } = traceShape(adapter, sketch);
  const layer = sketch.layers[0]!;
  const { input, output } = layer;
  const { inputOf, outputOf } = columnLists(layer);
  const { mix } = sketch;
  return {
    [PORTS.weights]: new Tensor("float32", adapter.weights, [classes, width]),
    [PORTS.bias]: new Tensor("float32", adapter.bias, [classes]),
    [PORTS.projectInput]: new Tensor("float32", input.values, [input.rows, input.columns]),
    [PORTS.projectOutput]: new Tensor("float32", output.values, [output.rows, output.columns]),
    [PORTS.inputOf]: new Tensor("int64", inputOf, [inputOf.length]),
    [PORTS.outputOf]: new Tensor("int64", outputOf, [outputOf.length]),
    ...(mix && { [PORTS.mix]: new Tensor("float32", mix.values, [mix.rows, mix.columns]) }),
  };
}

/**
 * Opens a model for serving: each request is answered and traced by one run of one graph, one row at a time on
 * one CPU thread, so that its integers do not depend on what else is served.
 *
 * @throws TRB_TRACE_MISMATCH
 */
export async function openTracer(parts: TracerParts): Promise<Tracer> {
  check(parts);
  const { base, adapter, sketch, quantisation, score } = parts;
  const session = await InferenceSession.create(traceGraphFile(traceShape(adapter, sketch)), {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 4,
  });
  const feeds = constantFeeds(adapter, sketch);

  const hidden = async (request: Features): Promise<Tensor> => {
    const { columns, values, width } = await base.encode([request]);
    const dense = new Float32Array(width);
    columns.forEach((j, e) => {
      dense[j] = values[e]!;
    });
    return new Tensor("float32", dense, [1, width]);
  };

  const infer = async (request: Features): Promise<Inference> => {
    const run = await session.run({ ...feeds, [PORTS.hidden]: await hidden(request) });
    const labelIndex = Number((run[PORTS.label]!.data as BigInt64Array)[0]);
    const probabilities = Float32Array.from(run[PORTS.probabilities]!.data as Float32Array);
    const { u, scores } = quantise(run[PORTS.gradient]!.data as Float32Array, quantisation, score);
    return {
      label: adapter.labels[labelIndex]!,
      labelIndex,
      probability: probabilities[labelIndex]!,
      probabilities,
      u,
      scores,
    };
  };
  return { infer, close: () => session.release() };
}
