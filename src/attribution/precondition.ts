import { cholesky, secondMoment, solveInPlace } from "../core/symmetric.ts";

/** Preconditioned sketches of the rows, and the diagonal that balances them against a trace's. */
export interface Preconditioned {
  /** φ, n × k: D⁻¹·(ZᵀZ/n + λI)⁻¹·z_i. */
  readonly phi: Float64Array;
  /** The diagonal of D: a trace's sketch is multiplied by it, so that scores are as without it. */
  readonly columnScales: Float64Array;
}

/**
 * φ_i = D⁻¹(ZᵀZ/n + λI)⁻¹ z_i with D = diag(ZᵀZ/n + λI)^(−1/2).
 *
 * The inverse makes columns of large gradients small in φ, while they stay large in the trace: 8 bits would keep the
 * wrong ones on either side. D gives both sides about the same spread in every column, and cancels in the score.
 *
 * @param sketched Z, n × k
 * @param ridge λ > 0
 */
export function precondition(sketched: Float64Array, width: number, ridge: number): Preconditioned {
  const moment = secondMoment(sketched, width);
  const columnScales = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    moment[j * width + j]! += ridge;
    columnScales[j] = 1 / Math.sqrt(moment[j * width + j]!);
  }
  const factor = cholesky(moment, width);
  const phi = Float64Array.from(sketched);
  for (let at = 0; at < phi.length; at += width) {
    solveInPlace(factor, phi, at);
    for (let j = 0; j < width; j++) phi[at + j]! /= columnScales[j]!;
  }
  return { phi, columnScales };
}

/** Σ of φ over each position's rows, in the rows' order. @returns positions × k */
export function sumByOwner(
  phi: Float64Array,
  width: number,
  owners: Uint32Array,
  positions: number,
): Float64Array {
  const sums = new Float64Array(positions * width);
  owners.forEach((owner, i) => {
    for (let j = 0; j < width; j++) sums[owner * width + j]! += phi[i * width + j]!;
  });
  return sums;
}
