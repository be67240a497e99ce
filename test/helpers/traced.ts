/** Traces by the product's graph against the float64 families, under sketches that nothing was fitted for. */
import assert from "node:assert/strict";
import type { Features } from "../../src/datanet/types.ts";
import { familyOf } from "../../src/model/family.ts";
import { adaptedNetwork } from "../../src/model/network/adapted.ts";
import { openBase } from "../../src/model/session.ts";
import type { Adapter, Base, LayerGradients } from "../../src/model/types.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { sketchRows } from "../../src/sketch/apply.ts";
import { makeSketch } from "../../src/sketch/store.ts";
import type { Matrix, Sketch } from "../../src/sketch/types.ts";
import { openTracer } from "../../src/trace/tracer.ts";
import { caseInput } from "./network-bases.ts";

/** Most of the 2 × 3 products of a layer as [output, input]. */
export const MOST: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
];

/** Every layer of every member by random projections, some products of them, mixed once more where `mixed`. */
export function randomSketch(
  members: readonly LayerGradients[][],
  adapters: readonly Adapter[],
  mixed: boolean,
  pairs = MOST,
  seed = 5,
): Sketch {
  const random = seededRandom(seed);
  const matrix = (rows: number, columns: number): Matrix => ({
    rows,
    columns,
    values: Float32Array.from({ length: rows * columns }, () => random.normal()),
  });
  const layers = members.flatMap((gradients, member) =>
    gradients.map(({ layer, inputs, outputs, bias }) => ({
      member,
      layer,
      input: matrix(3, inputs.width + (bias ? 1 : 0)),
      output: matrix(2, outputs),
      inputOf: pairs.map(([, input]) => input),
      outputOf: pairs.map(([output]) => output),
    })),
  );
  const columns = pairs.length * layers.length;
  const width = mixed ? 8 : columns;
  return makeSketch({
    method: "random",
    seed,
    width,
    layers,
    ...(mixed && { mix: matrix(width - 1, columns) }),
    adapters: adapters.map(({ digest }) => digest),
  });
}

export interface Asked {
  /** Whether the columns are mixed. */
  readonly mixed?: boolean;
  /** Which products are columns. */
  readonly pairs?: readonly (readonly [number, number])[];
  readonly requests?: readonly Features[];
}

/** Traces requests and compares with the float64 families and sketch. */
export async function assertTraced(
  base: Base,
  adapters: readonly [Adapter, ...Adapter[]],
  { mixed = false, pairs = MOST, requests = [1, 2, 3].map(caseInput) }: Asked = {},
): Promise<void> {
  const open = await openBase(base);
  const families = adapters.map(({ kind }) => familyOf(kind, base));
  const activations = families[0]!.reads === "input" ? open.inputs(requests) : await open.encode(requests);
  const logs = families[0]!.logProbabilities(adapters[0], activations);
  const classes = adapters[0].labels.length;
  const served = Uint32Array.from(requests, (_, i) => {
    const row = logs.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
  const gradients = adapters.map((adapter, member) =>
    families[member]!.layerGradients(adapter, activations, served),
  );
  const sketch = randomSketch(gradients, adapters, mixed, pairs);
  const expected = sketchRows(gradients, sketch);
  const quantisation = { columnScales: new Float64Array(sketch.width).fill(1), minimumNorm: 0 };
  const score = (): Int32Array => new Int32Array(16);
  const tracer = await openTracer({
    base: open,
    adapters,
    adapted: (one) => adaptedNetwork(one, open.base),
    sketch,
    quantisation,
    score,
  });
  for (const [i, request] of requests.entries()) {
    const { labelIndex, probability, gradient } = await tracer.infer(request);
    assert.equal(labelIndex, served[i]);
    assert.ok(Math.abs(Math.log(probability) - logs[i * classes + labelIndex]!) < 1e-5);
    const z = expected.subarray(i * sketch.width, (i + 1) * sketch.width);
    const largest = Math.max(...z.map(Math.abs));
    assert.ok(largest > 1e-6, "there is a gradient to compare");
    gradient.forEach((value, m) => {
      assert.ok(Math.abs(value - z[m]!) < 1e-5 * largest, `column ${m}: ${value}, exactly ${z[m]}`);
    });
  }
  await tracer.close();
  await open.close();
}
