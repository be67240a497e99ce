import { Tensor } from "onnxruntime-node";
import { TributaryError } from "../core/errors.ts";
import type { Features } from "../datanet/types.ts";
import type { AdaptedNetwork } from "../model/network/adapted.ts";
import type { Adapter, OpenBase } from "../model/types.ts";
import type { Device } from "../numeric/onnx/device.ts";
import type { Sketch } from "../sketch/types.ts";
import { readAnswer } from "./answer.ts";
import { bindConstants } from "./bind.ts";
import { traceGraph } from "./graph.ts";
import { PORTS } from "./ports.ts";
import { quantise, type ScoreFunction } from "./quantise.ts";
import { requestReader } from "./request.ts";
import { openTraceSession, type TraceSession } from "./session.ts";
import type { SharedSession } from "./shared.ts";
import type { Inference, LabelTrace, Quantisation, Tracer } from "./types.ts";

export interface TracerParts {
  /** Stays the caller's to close. */
  readonly base: OpenBase;
  /** The model that is served, then the further members of an ensemble; all of one kind. */
  readonly adapters: readonly [Adapter, ...Adapter[]];
  /** The network of one of the adapters, with its parameters. */
  readonly adapted: (adapter: Adapter) => AdaptedNetwork;
  readonly sketch: Sketch;
  readonly quantisation: Quantisation;
  /** Where the graph runs: what `requireDevice` was asked about; the CPU where absent. */
  readonly device?: Device;
  /** Runs in this session, on its device, instead of in one of the model's own. Stays the caller's to close. */
  readonly shared?: SharedSession;
  /** S of integers under the index. */
  readonly score: ScoreFunction;
}

function check({ base, adapters, sketch, quantisation }: TracerParts): void {
  const refuse = (details: string): TributaryError =>
    new TributaryError("TRB_TRACE_MISMATCH", "These parts were not made for one another.", {
      details,
      hint: "Take base, adapter, sketch and index of one model.",
    });
  if (adapters.some((adapter) => adapter.base !== base.base.digest))
    throw refuse("the adapter was trained on another base");
  if (adapters.some(({ kind }) => kind !== adapters[0].kind))
    throw refuse("the ensemble has adapters of several kinds");
  if (String(sketch.adapters) !== String(adapters.map(({ digest }) => digest)))
    throw refuse("the sketch was made for another adapter");
  if (quantisation.columnScales.length !== sketch.width)
    throw refuse("the index has another width than the sketch");
}

/** A session with the model's parameters as constants. */
function openOwnSession(
  members: readonly AdaptedNetwork[],
  sketch: Sketch,
  device: Device,
): Promise<TraceSession> {
  const networks = members.map(({ network }) => network);
  return openTraceSession(
    (traced) => bindConstants(traceGraph(networks, sketch, traced), members, sketch),
    device,
  );
}

/**
 * Opens a model for serving: each request is answered and traced by one run of one graph, one row at a time on
 * one CPU thread, so that its integers do not depend on what else is served.
 *
 * @throws TRB_TRACE_MISMATCH, TRB_TRACE_SHAPE, TRB_MODEL_OPERATOR, TRB_MODEL_NO_BACKWARD
 */
export async function openTracer(parts: TracerParts): Promise<Tracer> {
  check(parts);
  const { base, adapters, sketch, quantisation, score } = parts;
  const members = adapters.map(parts.adapted);
  const session =
    parts.shared?.of(members, sketch) ?? (await openOwnSession(members, sketch, parts.device ?? "cpu"));
  const served = adapters[0];
  const { reads } = members[0]!;
  const read = requestReader(base, { network: parts.shared?.network ?? members[0]!.network, reads });

  const infer = async (request: Features): Promise<Inference> => {
    const run = await session.run("served", await read(request));
    const { labelIndex, probabilities, gradient } = readAnswer(run, served.labels.length);
    const { u, scores } = quantise(gradient, quantisation, score);
    return {
      label: served.labels[labelIndex]!,
      labelIndex,
      probability: probabilities[labelIndex]!,
      probabilities,
      gradient,
      u,
      scores,
    };
  };
  const traceAt = async (request: Features, labelIndex: number): Promise<LabelTrace> => {
    const label = new Tensor("int64", BigInt64Array.of(BigInt(labelIndex)), [1, 1]);
    const inputs = { ...(await read(request)), [PORTS.askedLabel]: label };
    const run = await session.run("asked", inputs);
    const { gradient } = readAnswer(run, served.labels.length);
    return { gradient, u: quantise(gradient, quantisation, score).u };
  };
  return { infer, traceAt, close: () => session.close() };
}
