import { compressMetric } from "../../attribution/compress.ts";
import { type LeftOutModel, leftOutSteps, leftOutSums } from "../../attribution/left-out.ts";
import { METHODS } from "../../attribution/methods/registry.ts";
import type { Block } from "../../attribution/methods/types.ts";
import { columnMeans, hasOthers, restFactors, subtractRow } from "../../attribution/objective.ts";
import { PositionSums } from "../../attribution/position-sums.ts";
import type { MethodRecord } from "../../attribution/types.ts";
import type { OnProgress } from "../../core/progress.ts";
import { seededRandom } from "../../numeric/random.ts";
import { sketchColumns } from "../../sketch/apply.ts";
import { columnsOf } from "../../sketch/columns.ts";
import { fitPcaSketch, mixedSketch, randomSketch } from "../../sketch/fit.ts";
import type { Sketch } from "../../sketch/types.ts";
import { curvatureRows, gaussNewton, headCurvature } from "./curvature.ts";
import { gradientsOf, type LabelledRows, likeliest, logProbabilitiesOf, rowsAt } from "./gradients.ts";
import { type MethodOptions, RIDGE_FACTOR } from "./options.ts";

/** Training rows that stand for requests when columns are chosen, at most. */
const MOST_REQUESTS = 4096;

/** The linear maps that a method gives for one model or ensemble: everything but the rows themselves. */
export interface FittedMethod {
  /** Of the columns that the method works in, unmixed. */
  readonly columns: Sketch;
  /** What requests are traced with: k columns. */
  readonly sketch: Sketch;
  /** k × K, zero rows beyond the rank: φ_i = rowMap·columns_i. */
  readonly rowMap: Float64Array;
  /** K: ḡ over the rows that it was made from, which rows are summed up relative to; undefined where the loss alone is summed up. */
  readonly centre: Float64Array | undefined;
  /** What the second order takes, where it is taken: of all rows of the index. */
  readonly leftOut: LeftOutModel | undefined;
  readonly record: MethodRecord;
}

function sample(count: number, most: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  return count <= most ? all : seededRandom(seed).permutation(count).slice(0, most).sort();
}

/** Rows that a method's maps are made from: all of them, or as many as the options say, drawn by their seed; ascending. */
export const fitSample = (
  count: number,
  { fitRows, seed }: Pick<MethodOptions, "fitRows" | "seed">,
): Uint32Array => sample(count, fitRows, seed);

/** 1 − p of each row's label, as minus its δ would say: the sum of the others. */
function doubtsOf(probabilities: Float64Array, labels: Uint32Array): Float64Array {
  const classes = probabilities.length / labels.length;
  return Float64Array.from(labels, (label, i) => {
    let others = 0;
    for (let c = 0; c < classes; c++) if (c !== label) others += probabilities[i * classes + c]!;
    return others;
  });
}

/** The columns of each layer, and of each member. */
function blocksOf(sketch: Sketch): { layers: Block[]; members: Block[] } {
  const layers: Block[] = [];
  const members: Block[] = [];
  let at = 0;
  for (const { member, inputOf } of sketch.layers) {
    const block = { from: at, to: at + inputOf.length };
    layers.push(block);
    members[member] = { from: members[member]?.from ?? at, to: block.to };
    at = block.to;
  }
  return { layers, members: members.filter(Boolean) };
}

/** What positions are paid by before near-duplicates and caps weigh it, in the method's columns. */
function paidSums(leftOut: LeftOutModel | undefined, owners: Uint32Array, sums: Float64Array): Float64Array {
  if (leftOut === undefined) return sums;
  const input = { ...leftOut, owners, sums, weights: new Float64Array(owners.length).fill(1) };
  return leftOutSums(input, leftOutSteps(input));
}

/**
 * Makes a method's linear maps from the training rows, or from a sample of them.
 *
 * @param owners the position of each row
 * @param width k
 */
export function fitMethod(
  training: LabelledRows,
  owners: Uint32Array,
  width: number,
  options: MethodOptions,
  onProgress: OnProgress = () => {},
): FittedMethod {
  const method = METHODS[options.name];
  const { kind, report } = training.adapters[0]!;
  const ridge = options.ridge ?? report.ridge * RIDGE_FACTOR[kind];
  const init = options.init ?? (method.randomColumns === true ? "random" : "pca");
  const { seed, candidates, positionShare, normalise, rowCap, name } = options;
  const chosen = fitSample(training.labels.length, options);
  const rows = rowsAt(training, chosen);
  const sampled = chosen.map((i) => owners[i]!);
  const gradient = hasOthers(sampled) ? options.gradient : "loss";
  const sketching = {
    width: Math.max(width, candidates),
    seed,
    adapters: rows.adapters.map(({ digest }) => digest),
    onProgress,
  };
  const gradients = gradientsOf(rows);
  // Random columns are as many as are served: projecting once more would be another method.
  const columns =
    init === "pca"
      ? fitPcaSketch(gradients, sketching)
      : randomSketch(init, gradients, { ...sketching, width });
  const count = columnsOf(columns);
  const own = sketchColumns(gradients, columns);
  const probabilities = logProbabilitiesOf(rows, 0).map(Math.exp);
  const classes = rows.adapters[0]!.labels.length;
  const head = headCurvature(rows, columns);
  let summed = 0;
  const metric = method.metric({
    columns: count,
    training: own,
    doubts: doubtsOf(probabilities, rows.labels),
    ...blocksOf(columns),
    ridge,
    curvature: () => {
      if (head !== undefined) {
        summed = head.rows;
        return head.mean();
      }
      summed = curvatureRows(rows.labels.length, classes);
      return gaussNewton(rowsAt(rows, sample(rows.labels.length, summed, seed)), columns, onProgress);
    },
  });
  onProgress({ stage: "choose directions", done: 0, total: 1 });
  const asked = rowsAt(rows, sample(rows.labels.length, MOST_REQUESTS, seed));
  const served = likeliest(logProbabilitiesOf(asked, 0), asked.labels.length);
  const isSecondOrder =
    gradient === "objective" &&
    options.order === 2 &&
    name === "influence" &&
    normalise === "none" &&
    chosen.length === training.labels.length;
  const leftOut = isSecondOrder && head !== undefined ? { curvature: head, ridge, metric } : undefined;
  const centre = gradient === "objective" ? columnMeans(own, count) : undefined;
  if (centre !== undefined) subtractRow(own, centre);
  const weights = method.weights?.(own, count);
  const weighted = weights === undefined ? own : own.map((x, at) => x * weights[Math.floor(at / count)]!);
  const positions = new PositionSums(1 + owners.reduce((most, owner) => Math.max(most, owner), 0), count);
  positions.add(weighted, sampled, centre && leftOut === undefined ? restFactors(sampled) : undefined);
  const compression = compressMetric({
    columns: count,
    metric,
    training: weighted,
    positions: paidSums(leftOut, sampled, positions.values),
    positionShare,
    seed,
    requests: sketchColumns(gradientsOf(asked, served), columns),
    width,
  });
  const rowMap = new Float64Array(width * count);
  rowMap.set(compression.row);
  onProgress({ stage: "choose directions", done: 1, total: 1 });
  const { rank, kept } = compression;
  return {
    columns,
    sketch: mixedSketch(columns, compression.query, width),
    rowMap,
    centre,
    leftOut,
    record: {
      name,
      gradient,
      order: leftOut === undefined ? 1 : 2,
      ridge,
      ...(options.search && { search: options.search }),
      init,
      candidates,
      positionShare,
      columns: count,
      rank,
      kept,
      seed,
      fitRows: rows.labels.length,
      curvatureRows: summed,
      normalise,
      rowCap,
    },
  };
}
