/** How rows are weighted before they are summed up, beside what the method itself says. */
export interface RowWeighting {
  /**
   * "relatif": a row counts by its influence per unit of what it does to the whole model, S(q, i)/√(g_iᵀ M g_i)
   * (ℓ-RelatIF: Barshan et al., 2020), so that an outlier cannot earn by its size.
   */
  readonly normalise: "none" | "relatif";
  /** Percentile of the rows' lengths ‖φ_i‖ beyond which a row is shortened to it; 100 cuts nothing. */
  readonly rowCap: number;
}

export const NO_WEIGHTING: RowWeighting = { normalise: "none", rowCap: 100 };

/** √Σ a_im·b_im of each row i of two n × k matrices; 0 where the sum is not positive. */
export function rowLengths(a: Float64Array, b: Float64Array, k: number): Float64Array {
  return Float64Array.from({ length: a.length / k }, (_, i) => {
    let sum = 0;
    for (let m = i * k; m < (i + 1) * k; m++) sum += a[m]! * b[m]!;
    return Math.sqrt(Math.max(0, sum));
  });
}

/**
 * Factors of the rows, n entries.
 *
 * @param lengths ‖φ_i‖ before weighting
 * @param selves √(g_iᵀ M g_i): the lengths of φ_i by the rows' gradients as requests' columns
 */
export function rowWeights(
  lengths: Float64Array,
  selves: Float64Array,
  { normalise, rowCap }: RowWeighting,
): Float64Array {
  const weights = selves.map((length) => {
    if (normalise === "none") return 1;
    return length > 0 ? 1 / length : 0;
  });
  if (rowCap >= 100) return weights;
  const sizes = lengths.map((length, i) => length * weights[i]!);
  const sorted = sizes.slice().sort();
  const limit = sorted[Math.max(0, Math.ceil((rowCap / 100) * sorted.length) - 1)] ?? 0;
  return weights.map((weight, i) => (sizes[i]! > limit ? (weight * limit) / sizes[i]! : weight));
}
