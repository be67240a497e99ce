import { integersOf, MINIMUM_NORM } from "../../attribution/build.ts";
import { scoreTrace } from "../../attribution/scores.ts";
import { familyOf } from "../../model/family.ts";
import { openBase } from "../../model/session.ts";
import type { Adapter } from "../../model/types.ts";
import { sketchRows } from "../../sketch/apply.ts";
import { openTracer } from "../../trace/tracer.ts";
import { attributeRows, fitMethod } from "../attribution/attribute.ts";
import { DEFAULT_METHOD } from "../attribution/options.ts";
import type { EvaluationData } from "./types.ts";

/** What attribution makes of a model and its data at one width, as the product makes it, with the floats beside. */
export interface Scoring {
  /** k. */
  readonly width: number;
  /** n × k: φ_i in the units of Φ's integers, unrounded. */
  readonly rows: Float32Array;
  /** positions × k: Σ φ_i over each position's rows, unrounded. */
  readonly sums: Float64Array;
  /** positions × k: Φ. */
  readonly phi: Int8Array;
  /** n × k: z_i, the sketched gradients of the training rows at their labels. */
  readonly sketched: Float64Array;
  /** k factors of a trace's columns. */
  readonly columnScales: Float64Array;
  /** u of each query: what the trace graph gave, quantised. */
  readonly traces: readonly Int8Array[];
  /** Q × k: what u is rounded from, in float64 and not scaled to u's range. */
  readonly gradients: Float64Array;
  /** The label that was served to each query. */
  readonly served: Uint32Array;
}

/**
 * Attributes the queries with an index of the given width.
 *
 * Integers come from the index builder and from the trace graph through ONNX Runtime; the floats are for comparison.
 */
export async function scoreQueries(
  data: EvaluationData,
  adapter: Adapter,
  width: number,
  seed: number,
): Promise<Scoring> {
  const { activations, labels } = data.training;
  const family = familyOf(adapter.kind);
  const labelled = { adapters: [adapter], activations, labels };
  const fitted = fitMethod(labelled, width, { ...DEFAULT_METHOD, seed });
  const { sketch } = fitted;
  const sketched = sketchRows([family.layerGradients(adapter, activations, labels)], sketch);
  const { phi: rows, sums } = attributeRows(labelled, data.owners, data.assigned, fitted);
  const { phi, scale } = integersOf(sums, width);
  const columnScales = new Float64Array(width).fill(1);
  const matrix = { phi, positions: data.assigned, width };
  const base = await openBase(data.base);
  try {
    const tracer = await openTracer({
      base,
      adapters: [adapter],
      sketch,
      quantisation: { columnScales, minimumNorm: MINIMUM_NORM },
      score: (u) => scoreTrace(u, matrix),
    });
    const traces: Int8Array[] = [];
    const served = new Uint32Array(data.queries.features.length);
    for (const [q, request] of data.queries.features.entries()) {
      const { u, labelIndex } = await tracer.infer(request);
      traces.push(u);
      served[q] = labelIndex;
    }
    await tracer.close();
    const asked = family.layerGradients(adapter, data.queries.activations, served);
    const gradients = sketchRows([asked], sketch);
    return {
      width,
      rows: rows.map((x) => x * scale),
      sums: sums.map((x) => x * scale),
      phi,
      sketched,
      columnScales,
      traces,
      gradients,
      served,
    };
  } finally {
    await base.close();
  }
}
