import type { InferenceSession } from "onnxruntime-node";
import { type Device, openSession } from "../numeric/onnx/device.ts";
import { encodeGraph, type Graph } from "../numeric/onnx/graph.ts";
import type { Traced } from "./graph.ts";
import type { Feeds } from "./request.ts";

/** The trace graphs of one model as they run: the one that serves, and the one that an auditor asks. */
export interface TraceSession {
  /** @param request what the graph is fed with besides the model's parameters */
  run(traced: Traced, request: Feeds): Promise<InferenceSession.OnnxValueMapType>;
  close(): Promise<void>;
}

export async function openTraceSession(
  graphOf: (traced: Traced) => Graph,
  device: Device,
): Promise<TraceSession> {
  const open = (traced: Traced): Promise<InferenceSession> =>
    openSession(encodeGraph(graphOf(traced)), device);
  const served = await open("served");
  // Only an auditor asks for it, and seldom.
  let asked: Promise<InferenceSession> | undefined;
  return {
    run: async (traced, request) => {
      if (traced === "served") return served.run(request);
      asked ??= open("asked");
      return (await asked).run(request);
    },
    close: async () => {
      await served.release();
      await (await asked)?.release();
    },
  };
}
