import type { Examples } from "./example-chunk.ts";
import { familyOf } from "./family.ts";
import { type HeadParameters, logProbabilities } from "./softmax.ts";
import type { Activations, Adapter, Base } from "./types.ts";

/** Mean loss and share of right answers. */
export interface Quality {
  readonly loss: number;
  readonly accuracy: number;
}

/** Mean cross-entropy and the share of the rows whose most probable class (the first of equals) is their label. */
export function qualityOf(logs: Float64Array, labels: Uint32Array, rows: Uint32Array): Quality {
  const classes = logs.length / labels.length;
  let loss = 0;
  let right = 0;
  for (const i of rows) {
    const row = logs.subarray(i * classes, (i + 1) * classes);
    const label = labels[i]!;
    loss -= row[label]!;
    let best = 0;
    for (let c = 1; c < classes; c++) if (row[c]! > row[best]!) best = c;
    if (best === label) right++;
  }
  return { loss: loss / rows.length, accuracy: right / rows.length };
}

/** Quality of a softmax head on the examples' rows. */
export const evaluateHead = (
  { activations, labels, classes, rows }: Examples,
  head: HeadParameters,
): Quality => qualityOf(logProbabilities(activations, head, classes), labels, rows);

/**
 * Quality of an adapter on rows of known labels, such as those that a DataNet held out.
 *
 * @param base needed for a kind that reaches into the base
 */
export const evaluateAdapter = (
  adapter: Adapter,
  { activations, labels }: { readonly activations: Activations; readonly labels: Uint32Array },
  base?: Base,
): Quality =>
  qualityOf(
    familyOf(adapter.kind, base).logProbabilities(adapter, activations),
    labels,
    Uint32Array.from(labels, (_, i) => i),
  );
