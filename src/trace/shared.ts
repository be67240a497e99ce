import { Tensor } from "onnxruntime-node";
import { TributaryError } from "../core/errors.ts";
import type { AdaptedNetwork } from "../model/network/adapted.ts";
import type { Network } from "../numeric/network/types.ts";
import type { Device } from "../numeric/onnx/device.ts";
import type { Sketch } from "../sketch/types.ts";
import { parameterValues, type Value } from "./bind.ts";
import { traceGraph } from "./graph.ts";
import type { Feeds } from "./request.ts";
import { openTraceSession, type TraceSession } from "./session.ts";

/**
 * One session for all models of a shape: the same base, and adapters and sketches that differ in their numbers only. Each model's
 * parameters and projections are tensors that are made once and go into each run, so that models know nothing of each other.
 *
 * A run takes longer by what its further inputs cost, and for products with matrices that a model's own session packs when it is
 * opened. What a model takes is its tensors (docs/attribution.md, "Many models of one base").
 */
export interface SharedSession {
  /** That of the first member, whose input a request goes to. */
  readonly network: Network;
  /**
   * A model's own runs. To close them releases nothing but its tensors.
   *
   * @throws TRB_TRACE_SHAPE
   */
  of(members: readonly AdaptedNetwork[], sketch: Sketch): TraceSession;
  /** Once the tracers that use it are closed. */
  close(): Promise<void>;
}

/** What the graph depends on, in words that can be compared: numbers of directions and columns are free in it. */
export const traceShape = (members: readonly AdaptedNetwork[], { layers, mix }: Sketch): string[] => [
  ...members.map(({ shape }, member) => `member ${member}: ${shape}`),
  `sketch: ${layers.map(({ member, layer }) => `${layer} of member ${member}`).join(", ")}`,
  `columns are ${mix === undefined ? "not " : ""}mixed`,
];

const tensorOf = ({ values, dims }: Value): Tensor =>
  values instanceof Float32Array ? new Tensor("float32", values, dims) : new Tensor("int64", values, dims);

/** Refuses a model that the session's graph does not compute. */
function requireShape(own: readonly string[], asked: readonly string[]): void {
  const at = own.findIndex((part, i) => part !== asked[i]);
  if (at < 0 && own.length === asked.length) return;
  throw new TributaryError("TRB_TRACE_SHAPE", "The shared session was opened for models of another shape.", {
    details: at < 0 ? asked.slice(own.length).join("; ") : `${asked[at] ?? "nothing"}, not ${own[at]}`,
    hint: "Share one session among adapters of one base, kind, rank, targets, hidden layers and number of labels.",
  });
}

/**
 * Opens the session that models of this one's shape run in.
 *
 * @param members networks of one model, or of the members of an ensemble
 * @throws TRB_MODEL_OPERATOR, TRB_MODEL_NO_BACKWARD
 */
export async function openSharedSession(
  members: readonly AdaptedNetwork[],
  sketch: Sketch,
  device: Device = "cpu",
): Promise<SharedSession> {
  const networks = members.map(({ network }) => network);
  const shape = traceShape(members, sketch);
  const session = await openTraceSession((traced) => traceGraph(networks, sketch, traced), device);
  const wanted = traceGraph(networks, sketch).inputs;
  return {
    network: networks[0]!,
    of: (own, ownSketch) => {
      requireShape(shape, traceShape(own, ownSketch));
      const tensors: Record<string, Tensor> = {};
      for (const [name, value] of parameterValues(wanted, own, ownSketch)) tensors[name] = tensorOf(value);
      let parameters: Feeds | undefined = tensors;
      return {
        run: (traced, request) => session.run(traced, { ...parameters, ...request }),
        close: async () => {
          parameters = undefined;
        },
      };
    },
    close: () => session.close(),
  };
}
