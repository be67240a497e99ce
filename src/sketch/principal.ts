import type { Activations } from "../model/types.ts";
import { gram } from "../numeric/linear/dense.ts";
import { eigenDecomposition } from "../numeric/linear/eigen.ts";
import { orthonormalise, randomOrthonormal } from "../numeric/linear/orthonormal.ts";
import { projectActivations } from "./project.ts";

/** Rounds of subspace iteration: directions with a gap settle in a few, and among near-equals any will do. */
const ROUNDS = 8;

/** X̂ᵀ·Y, returned as m row vectors of `columns` entries: d, or d + 1 where x̂ has the constant 1; Y is n × m. */
function pullBack(h: Activations, y: Float64Array, m: number, columns: number): Float64Array {
  const transposed = new Float64Array(columns * m);
  for (let i = 0; i < h.rows; i++) {
    const from = i * m;
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
      const value = h.values[e]!;
      const at = h.columns[e]! * m;
      for (let r = 0; r < m; r++) transposed[at + r]! += value * y[from + r]!;
    }
    if (columns > h.width) for (let r = 0; r < m; r++) transposed[h.width * m + r]! += y[from + r]!;
  }
  const result = new Float64Array(m * columns);
  for (let r = 0; r < m; r++)
    for (let j = 0; j < columns; j++) result[r * columns + j] = transposed[j * m + r]!;
  return result;
}

/**
 * The leading eigenvectors of E[x̂ x̂ᵀ], x̂ = [h; 1] (or h where there is no bias), by subspace iteration from a seeded start.
 *
 * @param onRound told how many of ROUNDS are done
 * @returns m × (d + 1) (or m × d), descending; rows beyond the rank of the data are 0
 */
export function principalDirections(
  h: Activations,
  m: number,
  bias: boolean,
  seed: number,
  onRound?: (done: number, total: number) => void,
): Float64Array {
  const columns = h.width + (bias ? 1 : 0);
  let basis: Float64Array = randomOrthonormal(m, columns, seed);
  for (let round = 0; round < ROUNDS; round++) {
    basis = pullBack(h, projectActivations(h, basis, m), m, columns);
    orthonormalise(basis, m, columns);
    onRound?.(round + 1, ROUNDS);
  }
  const { vectors } = eigenDecomposition(gram(projectActivations(h, basis, m), m), m);
  const result = new Float64Array(m * columns);
  for (let r = 0; r < m; r++) {
    for (let s = 0; s < m; s++) {
      const weight = vectors[r * m + s]!;
      for (let j = 0; j < columns; j++) result[r * columns + j]! += weight * basis[s * columns + j]!;
    }
  }
  return result;
}
