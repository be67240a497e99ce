import { integersOf, MINIMUM_NORM } from "../attribution/build.ts";
import { duplicateWeights } from "../attribution/duplicate-weights.ts";
import { scoreTrace } from "../attribution/scores.ts";
import type { OnProgress } from "../core/progress.ts";
import { adaptedNetwork } from "../model/network/adapted.ts";
import { openBase } from "../model/session.ts";
import { attributeRows } from "../operations/attribution/attribute.ts";
import { fitMethod } from "../operations/attribution/fit.ts";
import { gradientsOf } from "../operations/attribution/gradients.ts";
import type { MethodOptions } from "../operations/attribution/options.ts";
import type { Models } from "../operations/training/fit-models.ts";
import { sketchRows } from "../sketch/apply.ts";
import type { Sketch } from "../sketch/types.ts";
import { openTracer } from "../trace/tracer.ts";
import type { EvaluationData } from "./types.ts";

/** What attribution makes of a model and its data at one width, as the product makes it, with the floats beside. */
export interface Scoring {
  /** k. */
  readonly width: number;
  /** n × k: φ_i in the units of Φ's integers, unrounded. */
  readonly rows: Float32Array;
  /** positions × k: Σ φ_i over each position's rows in the same units, unrounded. */
  readonly sums: Float64Array;
  /** positions × k: Φ. */
  readonly phi: Int8Array;
  /** u of each query: what the trace graph gave, quantised. */
  readonly traces: readonly Int8Array[];
  /** Q × k: what u is rounded from, in float64 and not scaled to u's range. */
  readonly gradients: Float64Array;
  /** The label that was served to each query. */
  readonly served: Uint32Array;
  /** Share of the scores' variance that the k columns hold, as the manifest says it. */
  readonly kept: number;
}

/** Traces of the queries by the product's own graph in ONNX Runtime, in integers against the index. */
async function traceQueries(data: EvaluationData, models: Models, sketch: Sketch, phi: Int8Array) {
  const { width } = sketch;
  const index = { phi, positions: phi.length / width, width };
  const base = await openBase(data.base);
  try {
    const tracer = await openTracer({
      base,
      adapters: models,
      adapted: (one) => adaptedNetwork(one, data.base),
      sketch,
      quantisation: { columnScales: new Float64Array(width).fill(1), minimumNorm: MINIMUM_NORM },
      score: (u) => scoreTrace(u, index),
    });
    const traces: Int8Array[] = [];
    const served = new Uint32Array(data.queries.features.length);
    for (const [q, request] of data.queries.features.entries()) {
      const { u, labelIndex } = await tracer.infer(request);
      traces.push(u);
      served[q] = labelIndex;
    }
    await tracer.close();
    return { traces, served };
  } finally {
    await base.close();
  }
}

/** The index of the training rows at one width: φ of each row, the positions' sums and Φ, in one unit. */
export function indexRows(
  data: EvaluationData,
  models: Models,
  width: number,
  method: MethodOptions,
  onProgress?: OnProgress,
) {
  const { training, owners, assigned, duplicates } = data;
  const { activations, labels } = training;
  const labelled = { adapters: models, base: data.base, activations, labels };
  const fitted = fitMethod(labelled, owners, width, method, onProgress);
  const { nearDuplicates: rule } = method;
  const weights = rule === "off" ? undefined : duplicateWeights(duplicates, rule);
  const real = attributeRows(labelled, owners, assigned, fitted, onProgress, weights);
  const { scale, phi } = integersOf(real.sums, width);
  return {
    sketch: fitted.sketch,
    kept: fitted.record.kept,
    rows: real.phi.map((x) => x * scale),
    sums: real.sums.map((x) => x * scale),
    phi,
  };
}

/**
 * Attributes the queries with an index of the given width.
 *
 * Integers come from the index builder's steps and from the trace graph through ONNX Runtime; the floats are for comparison.
 */
export async function scoreQueries(
  data: EvaluationData,
  models: Models,
  width: number,
  method: MethodOptions,
  onProgress?: OnProgress,
): Promise<Scoring> {
  const { sketch, rows, sums, phi, kept } = indexRows(data, models, width, method, onProgress);
  const { traces, served } = await traceQueries(data, models, sketch, phi);
  const { activations } = data.queries;
  const asked = gradientsOf({ adapters: models, base: data.base, activations, labels: served });
  return { width, rows, sums, phi, traces, gradients: sketchRows(asked, sketch), served, kept };
}
