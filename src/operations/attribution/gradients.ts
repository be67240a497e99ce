import { pickRows, sliceRows } from "../../model/activations.ts";
import { familyOf } from "../../model/family.ts";
import type { Activations, Adapter, Base } from "../../model/types.ts";
import type { ModelGradients } from "../../sketch/apply.ts";

/** Models on one base, and rows with their labels. */
export interface LabelledRows {
  /** The model that is served, then the further members of an ensemble; all of one kind. */
  readonly adapters: readonly Adapter[];
  /** Needed for LoRA. */
  readonly base?: Base;
  /** What the models' family reads: h, or the base's inputs. */
  readonly activations: Activations;
  readonly labels: Uint32Array;
}

/** The gradients of every row by every model, at given labels; the rows' own where absent. */
export const gradientsOf = (
  { adapters, base, activations, labels }: LabelledRows,
  at = labels,
): ModelGradients[] =>
  adapters.map((adapter) => familyOf(adapter.kind, base).layerGradients(adapter, activations, at));

/** log p of every label by one of the models, n × classes. */
export const logProbabilitiesOf = (
  { adapters, base, activations }: LabelledRows,
  member: number,
): Float64Array => {
  const adapter = adapters[member]!;
  return familyOf(adapter.kind, base).logProbabilities(adapter, activations);
};

export const rowsBetween = (rows: LabelledRows, from: number, to: number): LabelledRows => ({
  ...rows,
  activations: sliceRows(rows.activations, from, to),
  labels: rows.labels.subarray(from, to),
});

export const rowsAt = (rows: LabelledRows, at: Uint32Array): LabelledRows => ({
  ...rows,
  activations: pickRows(rows.activations, at),
  labels: at.map((i) => rows.labels[i]!),
});

/** The label of the highest probability for each of n rows; of equals the first. */
export function likeliest(probabilities: Float64Array, rows: number): Uint32Array {
  const classes = probabilities.length / rows;
  return Uint32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if (probabilities[i * classes + c]! > probabilities[i * classes + best]!) best = c;
    return best;
  });
}
