import assert from "node:assert/strict";
import { test } from "node:test";
import type { Features } from "../../../src/datanet/types.ts";
import { adaptedNetwork } from "../../../src/model/network/adapted.ts";
import { openBase } from "../../../src/model/session.ts";
import type { Adapter, Base } from "../../../src/model/types.ts";
import { openSession } from "../../../src/numeric/onnx/device.ts";
import { encodeGraph } from "../../../src/numeric/onnx/graph.ts";
import { bindConstants } from "../../../src/trace/bind.ts";
import { traceGraph } from "../../../src/trace/graph.ts";
import { requestReader } from "../../../src/trace/request.ts";
import { toyModel, toyPoints } from "../../helpers/toy-model.ts";
import { toyTexts } from "../../helpers/toy-texts.ts";

/** h as the trace graph computes it on the way, without its zeros, and as the base's session gives it. */
async function bothHidden(base: Base, adapter: Adapter, requests: readonly Features[]) {
  const adapted = adaptedNetwork(adapter, base);
  assert.equal(adapted.reads, "input");
  const sketch = { layers: [{ member: 0, layer: "head", ...DIRECTIONS(adapted.network.layers[0]!) }] };
  const graph = bindConstants(traceGraph([adapted.network], sketch as never), [adapted], sketch as never);
  const h = `base: ${adapted.network.layers[0]!.input}`;
  const session = await openSession(encodeGraph({ ...graph, outputs: [{ name: h, dims: [1, "n"] }] }), "cpu");
  const open = await openBase(base);
  const read = requestReader(open, adapted);
  for (const request of requests) {
    const inside = (await session.run(await read(request)))[h]!.data as Float32Array;
    const own = await open.hidden(request);
    const { columns } = inside.length === own.length ? { columns: own.keys() } : open.entries(request);
    const places = Array.from(columns);
    assert.deepEqual(
      Array.from(inside),
      places.map((j) => own[j]!),
    );
    assert.ok(own.every((x, j) => x === 0 || places.includes(j)));
  }
  await session.release();
  await open.close();
}

/** One direction on either side: the sketch does not matter here. */
const DIRECTIONS = ({ inputs, outputs }: { readonly inputs: number; readonly outputs: number }) => ({
  input: { rows: 1, columns: inputs + 1, values: new Float32Array(inputs + 1).fill(1) },
  output: { rows: 1, columns: outputs, values: new Float32Array(outputs).fill(1) },
  inputOf: [0],
  outputOf: [0],
});

test("a built-in base has the same bits inside of the trace graph: Φ was made from what its session gives", async () => {
  const texts = await toyTexts();
  await bothHidden(texts.base, texts.head, [
    "where is my card, my card?",
    "a refund from Tuesday that did not arrive",
    "?!",
  ]);
  const toy = await toyModel();
  await toy.base.close();
  await bothHidden(toy.base.base, toy.adapter, toyPoints(20, 3).points);
});
