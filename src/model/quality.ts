import { isCertain } from "../numeric/certain.ts";
import type { Examples } from "./example-chunk.ts";
import { type HeadParameters, rowLogProbabilities } from "./softmax.ts";

/** Mean loss and share of right answers. */
export interface Quality {
  readonly loss: number;
  readonly accuracy: number;
}

/** What quality is made of, which adds up over parts of the rows. */
export interface Counted {
  readonly rows: number;
  /** Summed cross-entropy. */
  readonly loss: number;
  readonly right: number;
  /** Answers whose probability is 1 in float32. */
  readonly certain: number;
}

export const qualityFrom = ({ rows, loss, right }: Counted): Quality => ({
  loss: loss / rows,
  accuracy: right / rows,
});

function count(rowLogs: (row: number) => Float64Array, labels: Uint32Array, rows: Uint32Array): Counted {
  let [loss, right, certain] = [0, 0, 0];
  for (const i of rows) {
    const logs = rowLogs(i);
    const label = labels[i]!;
    loss -= logs[label]!;
    let best = 0;
    for (let c = 1; c < logs.length; c++) if (logs[c]! > logs[best]!) best = c;
    if (best === label) right++;
    if (isCertain(Math.exp(logs[best]!))) certain++;
  }
  return { rows: rows.length, loss, right, certain };
}

/** Counts over some rows; the answer is the most probable class, the first of equals. */
export function countOf(logs: Float64Array, labels: Uint32Array, rows: Uint32Array): Counted {
  const classes = logs.length / labels.length;
  return count((i) => logs.subarray(i * classes, (i + 1) * classes), labels, rows);
}

/** Counts of a softmax head over the examples' rows. */
export function countHead({ activations, labels, classes, rows }: Examples, head: HeadParameters): Counted {
  const room = new Float64Array(classes);
  const logsOf = (i: number): Float64Array => {
    rowLogProbabilities(activations, i, head, room);
    return room;
  };
  return count(logsOf, labels, rows);
}
