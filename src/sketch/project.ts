import type { Activations } from "../model/types.ts";
import { multiply } from "../numeric/linear/dense.ts";

/** Share of entries that are not 0, from which on rows are multiplied as a dense matrix. */
const DENSE = 0.3;

/** x̂ of every row, n × columns; the column after the last of h is 1. */
function extendedRows(h: Activations, columns: number): Float64Array {
  const rows = new Float64Array(h.rows * columns);
  for (let i = 0; i < h.rows; i++) {
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) rows[i * columns + h.columns[e]!] = h.values[e]!;
    if (columns > h.width) rows[i * columns + h.width] = 1;
  }
  return rows;
}

/**
 * X̂·Bᵀ, n × m, of m row vectors B. Where they have d + 1 entries x̂ = [h; 1], where they have d x̂ = h. Products are added in the
 * order of the columns, the constant's last, whether rows are sparse or dense: a row's bits do not depend on its neighbours.
 */
export function projectActivations(
  h: Activations,
  basis: Float32Array | Float64Array,
  m: number,
): Float64Array {
  const columns = basis.length / m;
  if (h.values.length > DENSE * h.rows * h.width)
    return multiplyTransposed(extendedRows(h, columns), basis, columns);
  // Transposed, so that the inner loop runs over neighbours.
  const transposed = new Float64Array(basis.length);
  for (let r = 0; r < m; r++)
    for (let j = 0; j < columns; j++) transposed[j * m + r] = basis[r * columns + j]!;
  const result = new Float64Array(h.rows * m);
  for (let i = 0; i < h.rows; i++) {
    const at = i * m;
    for (let e = h.offsets[i]!; e < h.offsets[i + 1]!; e++) {
      const value = h.values[e]!;
      const from = h.columns[e]! * m;
      for (let r = 0; r < m; r++) result[at + r]! += value * transposed[from + r]!;
    }
    if (columns > h.width) for (let r = 0; r < m; r++) result[at + r]! += transposed[h.width * m + r]!;
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
