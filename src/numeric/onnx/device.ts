import { InferenceSession } from "onnxruntime-node";
import { TributaryError } from "../../core/errors.ts";
import { requireSelfContained } from "./external.ts";
import { encodeGraph } from "./graph.ts";

/** Where graphs run: ONNX Runtime's execution providers. */
export const DEVICES = ["cpu", "webgpu", "cuda"] as const;
export type Device = (typeof DEVICES)[number];

/** One thread: reductions then run in one order. */
const options = (device: Device) =>
  ({
    executionProviders: [device],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 4,
  }) as const;

/** A product with a constant, which every device has a kernel for. */
const probe = (): Uint8Array =>
  encodeGraph({
    name: "probe",
    inputs: [{ name: "x", dims: [1, 2] }],
    constants: [{ name: "w", dims: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
    nodes: [{ op: "MatMul", inputs: ["x", "w"], output: "y" }],
    outputs: [{ name: "y", dims: [1, 2] }],
  });

/**
 * Makes sure that a device is there: opens a small graph on it with ONNX Runtime's fall back to the CPU forbidden.
 *
 * @throws TRB_MODEL_DEVICE
 */
export async function requireDevice(device: Device): Promise<void> {
  if (device === "cpu") return;
  try {
    const strict = { ...options(device), extra: { session: { disable_cpu_ep_fallback: "1" } } };
    await (await InferenceSession.create(probe(), strict)).release();
  } catch (cause) {
    throw new TributaryError("TRB_MODEL_DEVICE", `There is no ${device} device here that can be used.`, {
      details: (cause as Error).message.replaceAll(/\s+/g, " ").slice(-200),
      hint:
        device === "cuda"
          ? "Install ONNX Runtime's CUDA libraries, which do not come with it, and NVIDIA's driver; or use --device cpu."
          : "WebGPU needs a graphics driver with Vulkan; or use --device cpu.",
      cause,
    });
  }
}

/**
 * Opens a graph on a device. Operators that the device has no kernel for, such as those on integers, run on the CPU.
 *
 * @throws TRB_MODEL_EXTERNAL_DATA, TRB_MODEL_MALFORMED_ONNX
 */
export async function openSession(graph: Uint8Array, device: Device): Promise<InferenceSession> {
  requireSelfContained(graph);
  return InferenceSession.create(graph, options(device));
}
