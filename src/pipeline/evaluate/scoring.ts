import { buildIndex } from "../../attribution/build.ts";
import { precondition, sumByOwner } from "../../attribution/precondition.ts";
import { indexScale, quantiseIndex } from "../../attribution/quantise-index.ts";
import { scoreTrace } from "../../attribution/scores.ts";
import { familyOf } from "../../model/family.ts";
import { openBase } from "../../model/session.ts";
import type { Adapter } from "../../model/types.ts";
import { TIERS, type TierName } from "../../params/tiers.ts";
import { sketchRows } from "../../sketch/apply.ts";
import { fitPcaSketch } from "../../sketch/fit.ts";
import type { Sketch } from "../../sketch/types.ts";
import { openTracer } from "../../trace/tracer.ts";
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

interface IndexParts {
  readonly rows: Float32Array;
  readonly phi: Int8Array;
  readonly columnScales: Float64Array;
  readonly minimumNorm: number;
}

const MINIMUM_NORM = 1e-9;
const CLIP_PERCENTILE = 99.9;

/** The index as the product builds it, where a tier has this width; otherwise the same steps one by one. */
function indexAt(
  width: number,
  data: EvaluationData,
  adapter: Adapter,
  sketch: Sketch,
  z: Float64Array,
): IndexParts {
  const { owners, assigned } = data;
  const { ridge } = adapter.report;
  const tier = (Object.keys(TIERS) as TierName[]).find(
    (name) => TIERS[name].width === width && TIERS[name].positions >= assigned,
  );
  if (tier !== undefined) {
    const { index, manifest, rows } = buildIndex({
      tier,
      sketched: z,
      owners,
      assigned,
      datanet: adapter.datanet,
      base: adapter.base,
      adapter: adapter.digest,
      sketch: sketch.digest,
      ridge,
      blindingSeed: new Uint8Array(32),
    });
    const { columnScales, minimumNorm } = manifest;
    return { rows: rows.values, phi: index.phi, columnScales: Float64Array.from(columnScales), minimumNorm };
  }
  const { phi, columnScales } = precondition(z, width, ridge);
  const sums = sumByOwner(phi, width, owners, assigned);
  const scale = indexScale(sums, width, CLIP_PERCENTILE);
  const rows = Float32Array.from(phi, (x) => x * scale);
  return { rows, phi: quantiseIndex(sums, scale), columnScales, minimumNorm: MINIMUM_NORM };
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
  const layers = family.layerGradients(adapter, activations, labels);
  const sketch = fitPcaSketch(layers[0]!, { width, seed, adapter: adapter.digest });
  const sketched = sketchRows([layers], sketch);
  const index = indexAt(width, data, adapter, sketch, sketched);
  const positions = index.phi.length / width;
  const matrix = { phi: index.phi, positions, width };
  const base = await openBase(data.base);
  try {
    const tracer = await openTracer({
      base,
      adapter,
      sketch,
      quantisation: { columnScales: index.columnScales, minimumNorm: index.minimumNorm },
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
    for (let at = 0; at < gradients.length; at++) gradients[at]! *= index.columnScales[at % width]!;
    return {
      width,
      rows: index.rows,
      sums: sumByOwner(Float64Array.from(index.rows), width, data.owners, positions),
      phi: index.phi,
      sketched,
      columnScales: index.columnScales,
      traces,
      gradients,
      served,
    };
  } finally {
    await base.close();
  }
}
