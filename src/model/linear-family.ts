import { headOf, linearAdapter } from "./adapter.ts";
import type { FitOptions, ModelFamily } from "./model-family.ts";
import { headGradients } from "./output-gradients.ts";
import { plainReport } from "./report.ts";
import { logProbabilities } from "./softmax.ts";
import { fitHead } from "./train.ts";
import type { TrainingData } from "./training-data.ts";
import type { LinearAdapter } from "./types.ts";

function fit(data: TrainingData, options: FitOptions): LinearAdapter {
  const { activations, labels, names } = data;
  const classes = names.length;
  const rows = options.rows ?? Uint32Array.from({ length: activations.rows }, (_, i) => i);
  const { start, ridge, tolerance, helpers } = options;
  const head = start?.kind === "linear" ? headOf(start) : new Float64Array((activations.width + 1) * classes);
  const minimum = fitHead({ activations, labels, classes, rows }, ridge, head, { tolerance, helpers });
  return linearAdapter(data, minimum.x, plainReport(rows.length, options, minimum));
}

/** Softmax regression: logits = W·h + b, the minimum of a strictly convex objective. One layer, "head". */
export const linearFamily: ModelFamily<LinearAdapter> = {
  kind: "linear",
  reads: "hidden",
  fit,
  logProbabilities: (adapter, activations) =>
    logProbabilities(activations, headOf(adapter), adapter.labels.length),
  layerGradients: (adapter, activations, labels) => [headGradients(adapter, activations, labels)],
};
