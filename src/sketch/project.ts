import { multiply } from "../core/linear/dense.ts";
import type { Activations } from "../model/types.ts";

/**
 * X̂·Bᵀ, n × m, of m row vectors B. Where they have d + 1 entries x̂ = [h; 1], where they have d x̂ = h.
 */
export function projectActivations(
  h: Activations,
  basis: Float32Array | Float64Array,
  m: number,
): Float64Array {
  const columns = basis.length / m;
  // Transposed, so that the inner loop runs over neighbours.
  const transposed = new Float64Array(basis.length);
  for (let r = 0; r < m; r++)
    for (let j = 0; j < columns; j++) transposed[j * m + r] = basis[r * columns + j]!;
  const result = new Float64Array(h.rows * m);
  for (let i = 0; i < h.rows; i++) {
    const at = i * m;
    if (columns > h.width) for (let r = 0; r < m; r++) result[at + r] = transposed[h.width * m + r]!;
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
      const value = h.values[e]!;
      const from = h.columns[e]! * m;
      for (let r = 0; r < m; r++) result[at + r]! += value * transposed[from + r]!;
    }
  }
  return result;
}

/** A·Bᵀ, n × m, of n rows and m rows of `columns` entries each. */
export const multiplyTransposed = (
  a: Float64Array,
  b: Float32Array | Float64Array,
  columns: number,
): Float64Array =>
  multiply({ values: a, columns }, { values: Float64Array.from(b), columns, transposed: true });
