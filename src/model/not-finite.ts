import type { InferenceSession, OnnxValue } from "onnxruntime-node";
import { allFinite } from "../numeric/network/finite.ts";
import { type Device, openSession } from "../numeric/onnx/device.ts";
import { exposeNodes } from "../numeric/onnx/expose.ts";

const isBad = (value: OnnxValue | undefined): boolean => {
  const data = value !== undefined && "data" in value ? value.data : undefined;
  return (data instanceof Float32Array || data instanceof Float64Array) && !allFinite(data);
};

/**
 * The node of a graph that made a number which is not finite of finite ones, in words. The graph runs once more, with all that its
 * nodes compute as outputs.
 *
 * @returns undefined where no such node is found, or where the runtime cannot hand out what the nodes compute
 */
export async function nodeNotFinite(
  file: Uint8Array,
  feeds: InferenceSession.FeedsType,
  device: Device,
): Promise<string | undefined> {
  const { graph, nodes } = exposeNodes(file);
  try {
    const session = await openSession(graph, device);
    try {
      const values = await session.run(feeds);
      const bad = nodes.filter(({ outputs }) => outputs.some((name) => isBad(values[name])));
      const first = bad.find(({ inputs }) => !inputs.some((name) => isBad(values[name]))) ?? bad[0];
      return first && `node ${first.name} (${first.op})`;
    } finally {
      await session.release();
    }
  } catch {
    return undefined;
  }
}
