import { headOf, linearAdapter } from "./adapter.ts";
import type { FitOptions, ModelFamily } from "./family.ts";
import { outputGradients } from "./output-gradients.ts";
import { logProbabilities } from "./softmax.ts";
import { fitHead, type TrainingData } from "./train.ts";
import type { LinearAdapter, TrainingReport } from "./types.ts";

/** The report of a model that was fitted at a given λ, without rows set aside. */
export const plainReport = (
  rows: number,
  { ridge, seed }: FitOptions,
  { iterations, decrement }: Pick<TrainingReport, "iterations" | "decrement">,
): TrainingReport => ({
  rows,
  ridge,
  tried: [],
  validationRows: 0,
  validationAccuracy: 0,
  majorityAccuracy: 0,
  iterations,
  decrement,
  seed,
});

function fit(data: TrainingData, options: FitOptions): LinearAdapter {
  const { activations, labels, names } = data;
  const classes = names.length;
  const rows = options.rows ?? Uint32Array.from({ length: activations.rows }, (_, i) => i);
  const { start, ridge, tolerance } = options;
  const head = start?.kind === "linear" ? headOf(start) : new Float64Array((activations.width + 1) * classes);
  const minimum = fitHead({ activations, labels, classes, rows }, ridge, head, tolerance);
  return linearAdapter(data, minimum.x, plainReport(rows.length, options, minimum));
}

/** Softmax regression: logits = W·h + b, the minimum of a strictly convex objective. One layer, "head". */
export const linearFamily: ModelFamily<LinearAdapter> = {
  kind: "linear",
  fit,
  logProbabilities: (adapter, activations) =>
    logProbabilities(activations, headOf(adapter), adapter.labels.length),
  layerGradients: (adapter, activations, labels) => [
    {
      layer: "head",
      inputs: activations,
      deltas: outputGradients(adapter, activations, labels),
      outputs: adapter.labels.length,
      bias: true,
    },
  ],
};
