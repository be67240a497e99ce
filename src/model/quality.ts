import type { Examples } from "./example-chunk.ts";
import { type HeadParameters, rowLogProbabilities } from "./softmax.ts";

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
