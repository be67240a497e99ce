import { pickRows, sliceRows } from "../../model/activations.ts";
import { familyOf } from "../../model/family.ts";
import type { Activations, Adapter } from "../../model/types.ts";
import type { ModelGradients } from "../../sketch/apply.ts";

/** Models, and rows with their labels. An ensemble's members read the same activations. */
export interface LabelledRows {
  readonly adapters: readonly Adapter[];
  readonly activations: Activations;
  readonly labels: Uint32Array;
}

/** The gradients of every row by every model, at given labels; the rows' own where absent. */
export const gradientsOf = ({ adapters, activations, labels }: LabelledRows, at = labels): ModelGradients[] =>
  adapters.map((adapter) => familyOf(adapter.kind).layerGradients(adapter, activations, at));

/** Mean probabilities of the members, n × classes: what an ensemble answers with. */
export function meanProbabilities({ adapters, activations }: LabelledRows): Float64Array {
  const parts = adapters.map((adapter) =>
    familyOf(adapter.kind).logProbabilities(adapter, activations).map(Math.exp),
  );
  const [first, ...rest] = parts;
  for (const part of rest) for (let at = 0; at < part.length; at++) first![at]! += part[at]!;
  return first!.map((sum) => sum / parts.length);
}

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
