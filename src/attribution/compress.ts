import { gram, multiply } from "../numeric/linear/dense.ts";
import { eigenDecomposition } from "../numeric/linear/eigen.ts";
import { randomOrthonormal } from "../numeric/linear/orthonormal.ts";
import { cholesky } from "../numeric/symmetric.ts";
import { meanOuter } from "./methods/blocks.ts";

/** Eigenvalues relative to the largest below which a direction carries rounding only. */
const NEGLIGIBLE = 1e-12;
/** Added to E[g gᵀ], relative to its largest diagonal entry, so that it has a Cholesky factor. */
const JITTER = 1e-12;

export interface CompressionInput {
  /** K. */
  readonly columns: number;
  /** M, K × K. */
  readonly metric: Float64Array;
  /** n × K: weighted gradients of training rows. */
  readonly training: Float64Array;
  /** Positions × K: each position's sum of weighted gradients, which is what is paid by. */
  readonly positions: Float64Array;
  /** How much the positions' sums count when directions are chosen, in [0, 1]; the rest are single rows. */
  readonly positionShare: number;
  /** n' × K: gradients like those of requests. */
  readonly requests: Float64Array;
  /** k. */
  readonly width: number;
  /** Of the rotation. */
  readonly seed: number;
}

/** The score g_qᵀ·M·g_i as a product of k' ≤ k numbers of the request and k' of the row: (query·g_q)·(row·g_i). */
export interface Compression {
  /** k' × K. */
  readonly query: Float64Array;
  /** k' × K. */
  readonly row: Float64Array;
  readonly rank: number;
  /** Share of the requests' relative score variance that the k' columns keep. */
  readonly kept: number;
}

const square = (values: Float64Array, columns: number, transposed = false) => ({
  values,
  columns,
  transposed,
});

/** Σ_i a_i·b_i: the trace of the product of two symmetric matrices. */
const traceOf = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/**
 * The second moment, K × K, whose directions scores are to be right along: of single rows and of positions' sums, each divided by
 * tr(M·moment) first, the size of the scores that it makes.
 */
function scoredMoment({
  columns,
  metric,
  training,
  positions,
  positionShare,
}: CompressionInput): Float64Array {
  const ofRows = gram(training, columns);
  const ofPositions = gram(positions, columns);
  const factor = (share: number, moment: Float64Array): number =>
    share === 0 ? 0 : share / traceOf(metric, moment);
  const [a, b] = [factor(1 - positionShare, ofRows), factor(positionShare, ofPositions)];
  return ofRows.map((x, i) => a * x + b * ofPositions[i]!);
}

/** Row i of the result is rows' row i times factors[i]. */
function scaleRows(rows: Float64Array, columns: number, factors: Float64Array): Float64Array {
  return rows.map((x, at) => x * factors[Math.floor(at / columns)]!);
}

/**
 * The k directions that keep most of the score.
 *
 * The sum of a random subset's scores for a request q varies by ‖Lᵀ M g_q‖² with L·Lᵀ = E[g gᵀ] over the training rows where rows are
 * drawn, and over the positions' sums where positions are; L·Lᵀ is a mean of both (`scoredMoment`). With
 * y_q = Lᵀ M g_q/‖·‖ (every request counts the same), the best k directions are the leading eigenvectors W of E[y yᵀ]; the
 * request's columns are Wᵀ Lᵀ M g_q, and the row's are the linear map that predicts the scores best from them,
 *
 *     row = Λ⁻¹ Wᵀ Lᵀ M Q M   with   Q = E[g_q g_qᵀ/‖Lᵀ M g_q‖²],
 *
 * which is Wᵀ L⁻¹ in exact arithmetic. For the empirical Fisher matrix and requests that are all alike these are the principal
 * directions of the whitened gradients. Both sides are scaled so that their columns spread alike (Λ^¼ each): eight
 * bits on either side then lose the same. Then both are turned by one random rotation: their product is the same, and no column is
 * larger than the others, so that the largest entry, which decides the step that the others are rounded to, is nearer to the usual
 * one (incoherence: Chee et al., QuIP, 2023). A training row's k' request columns are about √k' long.
 *
 * @throws RangeError where no request or no row has a gradient
 */
export function compressMetric(input: CompressionInput): Compression {
  const { columns, metric, requests, training, width } = input;
  const moment = scoredMoment(input);
  const jitter = JITTER * moment.reduce((most, x) => Math.max(most, x), 0);
  for (let m = 0; m < columns; m++) moment[m * columns + m]! += jitter;
  const { lower } = cholesky(moment, columns);
  // Lᵀ·M, K × K: what a request's gradient is multiplied with.
  const map = multiply(square(lower, columns, true), square(metric, columns));
  const images = multiply(square(requests, columns), square(map, columns, true));
  const factors = inverseNorms(images, columns);
  const normalised = meanOuter(scaleRows(images, columns, factors), columns);
  const { values, vectors } = eigenDecomposition(normalised, columns);
  const total = values.reduce((sum, x) => sum + Math.max(0, x), 0);
  let rank = 0;
  while (rank < Math.min(width, columns) && values[rank]! > NEGLIGIBLE * values[0]!) rank++;
  if (rank === 0) throw new RangeError("no gradients to compress");

  const leading = vectors.slice(0, rank * columns);
  const query = multiply(square(leading, columns), square(map, columns));
  // Λ⁻¹ Wᵀ·E[y y_gᵀ]·M with y_g = g_q/‖·‖: E[y gᵀ] = map·Q.
  const weighted = scaleRows(requests, columns, factors);
  const q = meanOuter(weighted, columns);
  const row = multiply(
    square(multiply(square(query, columns), square(q, columns)), columns),
    square(metric, columns),
  );
  const spread = meanSquares(multiply(square(training, columns), square(query, columns, true)), rank);
  const balance = Float64Array.from({ length: rank }, (_, m) => values[m]! ** -0.25);
  const size = Math.sqrt(rank / spread.reduce((sum, x, m) => sum + x * balance[m]! ** 2, 0));
  const kept = values.subarray(0, rank).reduce((sum, x) => sum + x, 0) / total;
  const rotation = square(randomOrthonormal(rank, rank, input.seed), rank);
  const turned = (side: Float64Array, factor: (m: number) => number): Float64Array =>
    multiply(
      rotation,
      square(
        scaleRows(
          side,
          columns,
          balance.map((_, m) => factor(m)),
        ),
        columns,
      ),
    );
  return {
    query: turned(query, (m) => balance[m]! * size),
    row: turned(row, (m) => 1 / (balance[m]! * size * values[m]!)),
    rank,
    kept,
  };
}

/** The mean square of each column. */
function meanSquares(x: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < x.length; at++) sums[at % columns]! += x[at]! ** 2;
  return sums.map((sum) => (sum * columns) / x.length);
}

/** 1/‖row‖; 0 for a row of zeros, which says nothing. */
function inverseNorms(rows: Float64Array, columns: number): Float64Array {
  return Float64Array.from({ length: rows.length / columns }, (_, i) => {
    let sum = 0;
    for (let m = i * columns; m < (i + 1) * columns; m++) sum += rows[m]! ** 2;
    return sum > 0 ? 1 / Math.sqrt(sum) : 0;
  });
}
