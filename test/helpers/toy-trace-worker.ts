/** Traces its workerData, a list of points, with a toy model of its own, and posts the integers. */
import { parentPort, workerData } from "node:worker_threads";
import { adaptedNetwork } from "../../src/model/network/adapted.ts";
import { openTracer } from "../../src/trace/tracer.ts";
import { TOY_WIDTH, toyModel } from "./toy-model.ts";

const { base, adapter, sketch } = await toyModel();
const quantisation = { columnScales: new Float64Array(TOY_WIDTH).fill(1), minimumNorm: 1e-9 };
const tracer = await openTracer({
  base,
  adapters: [adapter],
  adapted: (one) => adaptedNetwork(one, base.base),
  sketch,
  quantisation,
  score: () => new Int32Array(16),
});
const traces: number[][] = [];
for (const point of workerData as Float64Array[]) traces.push(Array.from((await tracer.infer(point)).u));
await tracer.close();
await base.close();
parentPort!.postMessage(traces);
