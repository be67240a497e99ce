import type { Examples } from "./example-chunk.ts";
import { type HeadParameters, probabilities } from "./softmax.ts";

/** Mean cross-entropy and the share of rows whose most probable class (the first of equals) is their label. */
export function evaluateHead(
  { activations, labels, classes, rows }: Examples,
  head: HeadParameters,
): { loss: number; accuracy: number } {
  const p = new Float64Array(classes);
  let loss = 0;
  let right = 0;
  for (const i of rows) {
    probabilities(activations, i, head, p);
    const label = labels[i]!;
    loss -= Math.log(Math.max(p[label]!, Number.MIN_VALUE));
    let best = 0;
    for (let c = 1; c < classes; c++) if (p[c]! > p[best]!) best = c;
    if (best === label) right++;
  }
  return { loss: loss / rows.length, accuracy: right / rows.length };
}
