import { HeadCurvature } from "../../attribution/head-curvature.ts";
import type { OnProgress } from "../../core/progress.ts";
import { gram } from "../../numeric/linear/dense.ts";
import { sketchColumns } from "../../sketch/apply.ts";
import { columnsOf } from "../../sketch/columns.ts";
import { projectActivations } from "../../sketch/project.ts";
import type { Sketch } from "../../sketch/types.ts";
import { gradientsOf, type LabelledRows, logProbabilitiesOf, rowsBetween } from "./gradients.ts";

/** Gradients that are summed up at most: one for each row and label. */
const MOST_GRADIENTS = 40_960;
/** Rows that are sketched at a time. */
const CHUNK = 512;

/** How many of the rows the curvature is to be summed over. */
export const curvatureRows = (rows: number, classes: number): number =>
  Math.min(rows, Math.max(1, Math.floor(MOST_GRADIENTS / classes)));

/**
 * The Gauss–Newton matrix in the sketch's columns: H = 1/n Σ_i Σ_c p_ic·g_ic g_icᵀ with g_ic the gradient of row i at label c.
 * Label by label, so that the rows' order and the labels' fix the sum.
 *
 * @returns K × K
 */
export function gaussNewton(rows: LabelledRows, sketch: Sketch, onProgress: OnProgress): Float64Array {
  const classes = rows.adapters[0]!.labels.length;
  const columns = columnsOf(sketch);
  const count = rows.labels.length;
  let sum: Float64Array = new Float64Array(columns * columns);
  for (let from = 0; from < count; from += CHUNK) {
    const part = rowsBetween(rows, from, Math.min(count, from + CHUNK));
    const logs = part.adapters.map((_, member) => logProbabilitiesOf(part, member));
    for (let c = 0; c < classes; c++) {
      const at = new Uint32Array(part.labels.length).fill(c);
      const g = sketchColumns(gradientsOf(part, at), sketch);
      scaleMembers(g, columns, sketch, (member, i) => Math.exp(logs[member]![i * classes + c]! / 2));
      sum = gram(g, columns, sum);
    }
    onProgress({ stage: "curvature", done: Math.min(count, from + CHUNK), total: count });
  }
  return sum.map((x) => x / count);
}

/** The curvature of one softmax head's rows in a sketch's columns; undefined for other models. */
export function headCurvature(rows: LabelledRows, { layers }: Sketch): HeadCurvature | undefined {
  const [adapter] = rows.adapters;
  const [layer] = layers;
  if (rows.adapters.length > 1 || adapter?.kind !== "linear" || layer === undefined) return undefined;
  const { input, output, inputOf, outputOf } = layer;
  const [gradients] = gradientsOf(rows)[0]!;
  return new HeadCurvature({
    inputs: projectActivations(gradients!.inputs, input.values, input.rows),
    inputWidth: input.rows,
    output: Float64Array.from(output.values),
    probabilities: logProbabilitiesOf(rows, 0).map(Math.exp),
    classes: output.columns,
    inputOf,
    outputOf,
  });
}

/** Multiplies each row's columns by a factor of the row and of the member that the columns are of. */
function scaleMembers(
  g: Float64Array,
  columns: number,
  { layers }: Sketch,
  factor: (member: number, row: number) => number,
): void {
  for (let i = 0; i * columns < g.length; i++) {
    let at = i * columns;
    for (const { member, inputOf } of layers) {
      const by = factor(member, i);
      for (const end = at + inputOf.length; at < end; at++) g[at]! *= by;
    }
  }
}
