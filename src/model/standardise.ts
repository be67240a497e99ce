import type { OnProgress } from "../core/progress.ts";
import type { Features } from "../datanet/types.ts";
import { ColumnMoments } from "../numeric/moments.ts";
import { extendGraph } from "../numeric/onnx/graph.ts";
import { makeBase } from "./base.ts";
import { openBase } from "./session.ts";
import type { Activations, Base } from "./types.ts";

/**
 * A column that varies by less than this share of its size varies by what float32 sums are off, about: to stretch that to unit variance
 * would make features of rounding.
 */
const ROUNDING = 2 ** -20;

function addRows(moments: ColumnMoments, h: Activations): void {
  const row = new Float64Array(h.width);
  for (let i = 0; i < h.rows; i++) {
    row.fill(0);
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) row[h.columns[e]!] = h.values[e]!;
    moments.add(row);
  }
}

/** Factors that give each column variance 1; 0 where it does not vary. */
function factorsOf(moments: ColumnMoments, width: number): Float32Array {
  return Float32Array.from({ length: width }, (_, j) => {
    const deviation = moments.deviation(j);
    const factor = Math.fround(1 / deviation);
    return deviation > ROUNDING * moments.size(j) && Number.isFinite(factor) ? factor : 0;
  });
}

/**
 * A user's base with its outputs standardised by constants of the graph: h = (output − mean)·factor. Outputs of some thousands make a
 * softmax certain in float32 and leave nothing of the traces, and λ and a step of Adam mean another thing for every scale. What reads the
 * base reads the new output: heads, low-rank pairs inside of it, traces, exported bases. Its digest binds the constants.
 *
 * Variance 1 for each, not 1/width as of the built-in base for numbers: steps of Adam are too short for a head on outputs that small
 * (docs/attribution.md, "The scale of a user's base").
 *
 * The base runs over all rows once more for this.
 *
 * @param parts rows that will be trained on
 * @param total how many they are
 * @throws as `openBase` and `OpenBase.encode`
 */
export async function standardiseOutputs(
  base: Base,
  parts: Iterable<readonly Features[]>,
  total: number,
  onProgress?: OnProgress,
): Promise<Base> {
  const { width } = base.output;
  const moments = new ColumnMoments(width);
  const opened = await openBase(base);
  try {
    let done = 0;
    for (const part of parts) {
      addRows(moments, await opened.encode(part));
      done += part.length;
      onProgress?.({ stage: "scale the base's outputs", done, total });
    }
  } finally {
    await opened.close();
  }
  // A base that was exported from a standardised one has such names in it.
  const name = `standardised.${base.digest.slice(2, 10)}`;
  const graph = extendGraph(base.graph, {
    constants: [
      { name: `${name}.mean`, dims: [width], values: Float32Array.from(moments.mean) },
      { name: `${name}.factor`, dims: [width], values: factorsOf(moments, width) },
    ],
    nodes: [
      { op: "Sub", inputs: [base.output.name, `${name}.mean`], output: `${name}.centred` },
      { op: "Mul", inputs: [`${name}.centred`, `${name}.factor`], output: name },
    ],
    outputs: [{ name, dims: ["batch", width] }],
  });
  const { preprocessing, input } = base;
  return makeBase({ preprocessing, input, output: { name, width }, graph });
}
