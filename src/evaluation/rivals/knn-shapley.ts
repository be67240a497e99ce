import type { TrainingData } from "../../model/training-data.ts";
import type { Activations } from "../../model/types.ts";

/** K of the classifier whose utility is shared. */
export const NEIGHBOURS = 5;

/** Squared distances of one request to all rows. */
function distances(request: Float64Array, rows: Activations, squares: Float64Array): Float64Array {
  const own = request.reduce((sum, x) => sum + x * x, 0);
  return squares.map((square, i) => {
    let product = 0;
    for (let e = rows.offsets[i]!; e < rows.offsets[i + 1]!; e++)
      product += rows.values[e]! * request[rows.columns[e]!]!;
    return own + square - 2 * product;
  });
}

function dense(h: Activations, i: number): Float64Array {
  const row = new Float64Array(h.width);
  for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) row[h.columns[e]!] = h.values[e]!;
  return row;
}

/**
 * The Shapley values of rows for one request, where a set of rows is worth the share of its K nearest ones (of K, if there are
 * fewer) that have the request's label. Rows from the nearest to the farthest, exact:
 *
 *     s_N = 1[y_N = y]·min(K, N)/(N·K),   s_i = s_{i+1} + (1[y_i = y] − 1[y_{i+1} = y])/K · min(K, i)/i
 *
 * Source: Jia et al. (2019, "Efficient Task-Specific Data Valuation for Nearest Neighbor Algorithms", theorem 1).
 *
 * @param hits of the rows in their order: whether they have the label
 */
export function shapleyOfSorted(hits: readonly boolean[], neighbours: number): Float64Array {
  const n = hits.length;
  const values = new Float64Array(n);
  const hit = (i: number): number => Number(hits[i]!);
  values[n - 1] = (hit(n - 1) * Math.min(neighbours, n)) / (n * neighbours);
  for (let i = n - 2; i >= 0; i--) {
    const change = ((hit(i) - hit(i + 1)) / neighbours) * (Math.min(neighbours, i + 1) / (i + 1));
    values[i] = values[i + 1]! + change;
  }
  return values;
}

/**
 * KNN-Shapley of every row for every request at the label that was served, by Euclid's distance on what the model reads; of equal
 * distances the first row is nearer. It knows nothing of the model, and needs no training.
 *
 * @returns Q × N
 */
export function knnShapley(
  { activations, labels }: Pick<TrainingData, "activations" | "labels">,
  requests: Activations,
  served: Uint32Array,
  neighbours = NEIGHBOURS,
): Float64Array {
  const n = labels.length;
  const squares = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let e = activations.offsets[i]!; e < activations.offsets[i + 1]!; e++)
      sum += activations.values[e]! ** 2;
    return sum;
  });
  const result = new Float64Array(served.length * n);
  served.forEach((label, q) => {
    const far = distances(dense(requests, q), activations, squares);
    const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => far[a]! - far[b]! || a - b);
    const values = shapleyOfSorted(
      Array.from(order, (i) => labels[i] === label),
      neighbours,
    );
    order.forEach((i, at) => {
      result[q * n + i] = values[at]!;
    });
  });
  return result;
}
