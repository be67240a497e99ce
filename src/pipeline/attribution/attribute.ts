import { compressMetric } from "../../attribution/compress.ts";
import { METHODS } from "../../attribution/methods/registry.ts";
import type { Block } from "../../attribution/methods/types.ts";
import { PositionSums } from "../../attribution/position-sums.ts";
import { rowWeights } from "../../attribution/row-weights.ts";
import type { MethodRecord } from "../../attribution/types.ts";
import { multiply } from "../../core/linear/dense.ts";
import type { OnProgress } from "../../core/progress.ts";
import { seededRandom } from "../../core/random.ts";
import { sketchColumns } from "../../sketch/apply.ts";
import { columnsOf } from "../../sketch/columns.ts";
import { fitPcaSketch, mixedSketch, randomSketch } from "../../sketch/fit.ts";
import type { Sketch } from "../../sketch/types.ts";
import { curvatureRows, gaussNewton } from "./curvature.ts";
import {
  gradientsOf,
  type LabelledRows,
  likeliest,
  logProbabilitiesOf,
  rowsAt,
  rowsBetween,
} from "./gradients.ts";
import { type MethodOptions, RIDGE_FACTOR } from "./options.ts";

/** Training rows that stand for requests when columns are chosen, at most. */
const MOST_REQUESTS = 4096;
/** Rows that are sketched at a time when the index is summed up. */
const CHUNK = 2048;

/** The linear maps that a method gives for one model or ensemble: everything but the rows themselves. */
export interface FittedMethod {
  /** Of the columns that the method works in, unmixed. */
  readonly columns: Sketch;
  /** What requests are traced with: k columns. */
  readonly sketch: Sketch;
  /** k × K, zero rows beyond the rank: φ_i = rowMap·columns_i. */
  readonly rowMap: Float64Array;
  readonly record: MethodRecord;
}

/** The influence of rows, in real numbers. */
export interface RowAttribution {
  /** n × k: w_i·φ_i. */
  readonly phi: Float32Array;
  /** positions × k: Σ w_i·φ_i over each position's rows. */
  readonly sums: Float64Array;
}

function sample(count: number, most: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  return count <= most ? all : seededRandom(seed).permutation(count).slice(0, most).sort();
}

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
  const chosen = sample(training.labels.length, options.fitRows, seed);
  const rows = rowsAt(training, chosen);
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
  let summed = 0;
  const metric = method.metric({
    columns: count,
    training: own,
    doubts: doubtsOf(probabilities, rows.labels),
    ...blocksOf(columns),
    ridge,
    curvature: () => {
      summed = curvatureRows(rows.labels.length, classes);
      return gaussNewton(rowsAt(rows, sample(rows.labels.length, summed, seed)), columns, onProgress);
    },
  });
  onProgress({ stage: "choose directions", done: 0, total: 1 });
  const asked = rowsAt(rows, sample(rows.labels.length, MOST_REQUESTS, seed));
  const served = likeliest(logProbabilitiesOf(asked, 0), asked.labels.length);
  const weights = method.weights?.(own, count);
  const weighted = weights === undefined ? own : own.map((x, at) => x * weights[Math.floor(at / count)]!);
  const positions = new PositionSums(1 + owners.reduce((most, owner) => Math.max(most, owner), 0), count);
  positions.add(
    weighted,
    chosen.map((i) => owners[i]!),
  );
  const compression = compressMetric({
    columns: count,
    metric,
    training: weighted,
    positions: positions.values,
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
    record: {
      name,
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

/**
 * φ of every row and the sums of each position, chunk by chunk.
 *
 * @param given weights besides the method's, such as those of near-duplicates
 */
export function attributeRows(
  training: LabelledRows,
  owners: Uint32Array,
  positions: number,
  fitted: FittedMethod,
  onProgress: OnProgress = () => {},
  given?: Float64Array,
): RowAttribution {
  const { columns, rowMap, record, sketch } = fitted;
  const count = columnsOf(columns);
  const { width } = sketch;
  const n = owners.length;
  const phi = new Float32Array(n * width);
  const chunk = (from: number): { values: Float64Array; to: number } => {
    const to = Math.min(n, from + CHUNK);
    return { values: sketchColumns(gradientsOf(rowsBetween(training, from, to)), columns), to };
  };
  const sums = new PositionSums(positions, count);
  const weighted = record.normalise !== "none" || record.rowCap < 100;
  const own = weighted ? new Float64Array(n * width) : undefined;
  const ownWeights = new Float64Array(n).fill(1);
  for (let from = 0; from < n; from += CHUNK) {
    const { values, to } = chunk(from);
    const factors = METHODS[record.name].weights?.(values, count);
    if (factors !== undefined) ownWeights.set(factors, from);
    if (given !== undefined) for (let i = from; i < to; i++) ownWeights[i]! *= given[i]!;
    if (!weighted) sums.add(values, owners.subarray(from, to), ownWeights.subarray(from, to));
    phi.set(
      multiply({ values, columns: count }, { values: rowMap, columns: count, transposed: true }),
      from * width,
    );
    own?.set(queryColumns(values, sketch), from * width);
    onProgress({ stage: "sum up rows", done: to, total: n });
  }
  if (own !== undefined) {
    const factors = rowWeights(Float64Array.from(phi), own, width, record);
    for (let i = 0; i < n; i++) ownWeights[i]! *= factors[i]!;
    for (let from = 0; from < n; from += CHUNK) {
      const { values, to } = chunk(from);
      sums.add(values, owners.subarray(from, to), ownWeights.subarray(from, to));
    }
  }
  for (let at = 0; at < phi.length; at++) phi[at]! *= ownWeights[Math.floor(at / width)]!;
  return {
    phi,
    sums: multiply(
      { values: sums.values, columns: count },
      { values: rowMap, columns: count, transposed: true },
    ),
  };
}

/** What a request with these columns would be traced as, m × k. */
function queryColumns(values: Float64Array, { mix, width }: Sketch): Float64Array {
  const { rows, columns, values: map } = mix!;
  const padded = new Float64Array(width * columns);
  padded.set(map.subarray(0, rows * columns));
  return multiply({ values, columns }, { values: padded, columns, transposed: true });
}
