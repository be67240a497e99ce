import { seededRandom } from "../core/random.ts";
import { eigenSymmetric, secondMoment } from "../core/symmetric.ts";
import type { Activations } from "../model/types.ts";

/** Rounds of subspace iteration: directions with a gap settle in a few, and among near-equals any will do. */
const ROUNDS = 8;

/** X̂·Bᵀ, n × m, of rows x̂ = [h; 1] and m row vectors B of d + 1 entries. */
export function projectActivations(
  h: Activations,
  basis: Float32Array | Float64Array,
  m: number,
): Float64Array {
  const columns = h.width + 1;
  // Transposed, so that the inner loop runs over neighbours.
  const transposed = new Float64Array(columns * m);
  for (let r = 0; r < m; r++)
    for (let j = 0; j < columns; j++) transposed[j * m + r] = basis[r * columns + j]!;
  const result = new Float64Array(h.rows * m);
  for (let i = 0; i < h.rows; i++) {
    const at = i * m;
    for (let r = 0; r < m; r++) result[at + r] = transposed[h.width * m + r]!;
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
      const value = h.values[e]!;
      const from = h.columns[e]! * m;
      for (let r = 0; r < m; r++) result[at + r]! += value * transposed[from + r]!;
    }
  }
  return result;
}

/** X̂ᵀ·Y, given and returned as m row vectors of d + 1 entries; Y is n × m. */
function pullBack(h: Activations, y: Float64Array, m: number): Float64Array {
  const columns = h.width + 1;
  const transposed = new Float64Array(columns * m);
  for (let i = 0; i < h.rows; i++) {
    const from = i * m;
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
      const value = h.values[e]!;
      const at = h.columns[e]! * m;
      for (let r = 0; r < m; r++) transposed[at + r]! += value * y[from + r]!;
    }
    for (let r = 0; r < m; r++) transposed[h.width * m + r]! += y[from + r]!;
  }
  const result = new Float64Array(m * columns);
  for (let r = 0; r < m; r++)
    for (let j = 0; j < columns; j++) result[r * columns + j] = transposed[j * m + r]!;
  return result;
}

/** Makes m rows of `columns` entries orthonormal (Gram–Schmidt, twice); a row that depends on earlier ones becomes 0. */
function orthonormalise(rows: Float64Array, m: number, columns: number): void {
  for (let r = 0; r < m; r++) {
    const row = rows.subarray(r * columns, (r + 1) * columns);
    const before = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    for (let pass = 0; pass < 2; pass++) {
      for (let s = 0; s < r; s++) {
        const other = rows.subarray(s * columns, (s + 1) * columns);
        let product = 0;
        for (let j = 0; j < columns; j++) product += row[j]! * other[j]!;
        for (let j = 0; j < columns; j++) row[j]! -= product * other[j]!;
      }
    }
    const norm = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    const factor = norm > 1e-10 * before ? 1 / norm : 0;
    for (let j = 0; j < columns; j++) row[j]! *= factor;
  }
}

/**
 * The leading eigenvectors of E[x̂ x̂ᵀ], x̂ = [h; 1], by subspace iteration from a seeded start.
 *
 * @param onRound told how many of ROUNDS are done
 * @returns m × (d + 1), descending; rows beyond the rank of the data are 0
 */
export function principalDirections(
  h: Activations,
  m: number,
  seed: number,
  onRound?: (done: number, total: number) => void,
): Float64Array {
  const columns = h.width + 1;
  const random = seededRandom(seed);
  let basis: Float64Array = Float64Array.from({ length: m * columns }, () => random.normal());
  orthonormalise(basis, m, columns);
  for (let round = 0; round < ROUNDS; round++) {
    basis = pullBack(h, projectActivations(h, basis, m), m);
    orthonormalise(basis, m, columns);
    onRound?.(round + 1, ROUNDS);
  }
  const { vectors } = eigenSymmetric(secondMoment(projectActivations(h, basis, m), m), m);
  const result = new Float64Array(m * columns);
  for (let r = 0; r < m; r++) {
    for (let s = 0; s < m; s++) {
      const weight = vectors[r * m + s]!;
      for (let j = 0; j < columns; j++) result[r * columns + j]! += weight * basis[s * columns + j]!;
    }
  }
  return result;
}
