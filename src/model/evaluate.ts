import type { Examples } from "./example-chunk.ts";
import { familyOf } from "./family.ts";
import { type HeadParameters, rowLogProbabilities } from "./softmax.ts";
import type { Activations, Adapter, Base } from "./types.ts";

/** Mean loss and share of right answers. */
export interface Quality {
  readonly loss: number;
  readonly accuracy: number;
}

function qualityBy(rowLogs: (row: number) => Float64Array, labels: Uint32Array, rows: Uint32Array): Quality {
  let loss = 0;
  let right = 0;
  for (const i of rows) {
    const logs = rowLogs(i);
    const label = labels[i]!;
    loss -= logs[label]!;
    let best = 0;
    for (let c = 1; c < logs.length; c++) if (logs[c]! > logs[best]!) best = c;
    if (best === label) right++;
  }
  return { loss: loss / rows.length, accuracy: right / rows.length };
}

/** Mean cross-entropy and the share of the rows whose most probable class (the first of equals) is their label. */
export function qualityOf(logs: Float64Array, labels: Uint32Array, rows: Uint32Array): Quality {
  const classes = logs.length / labels.length;
  return qualityBy((i) => logs.subarray(i * classes, (i + 1) * classes), labels, rows);
}

/** Quality of a softmax head on the examples' rows. */
export function evaluateHead(
  { activations, labels, classes, rows }: Examples,
  head: HeadParameters,
): Quality {
  const room = new Float64Array(classes);
  const logsOf = (i: number): Float64Array => {
    rowLogProbabilities(activations, i, head, room);
    return room;
  };
  return qualityBy(logsOf, labels, rows);
}

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

/** How many rows of known labels an adapter answers right: what accuracy is made of, where rows come part by part. */
export function rightAnswers(
  adapter: Adapter,
  { activations, labels }: { readonly activations: Activations; readonly labels: Uint32Array },
  base: Base,
): number {
  const { accuracy } = evaluateAdapter(adapter, { activations, labels }, base);
  return Math.round(accuracy * labels.length);
}
