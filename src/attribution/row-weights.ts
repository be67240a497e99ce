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
function lengths(a: Float64Array, b: Float64Array, k: number): Float64Array {
  return Float64Array.from({ length: a.length / k }, (_, i) => {
    let sum = 0;
    for (let m = i * k; m < (i + 1) * k; m++) sum += a[m]! * b[m]!;
    return Math.sqrt(Math.max(0, sum));
  });
}

/**
 * Factors of the rows, n entries.
 *
 * @param phi n × k: φ_i before weighting
 * @param own n × k: the rows' gradients as requests' columns, so that own_i·φ_i = g_iᵀ M g_i
 */
export function rowWeights(
  phi: Float64Array,
  own: Float64Array,
  k: number,
  { normalise, rowCap }: RowWeighting,
): Float64Array {
  const weights = new Float64Array(phi.length / k).fill(1);
  if (normalise === "relatif") {
    lengths(phi, own, k).forEach((length, i) => {
      weights[i] = length > 0 ? 1 / length : 0;
    });
  }
  if (rowCap >= 100) return weights;
  const sizes = lengths(phi, phi, k).map((length, i) => length * weights[i]!);
  const sorted = sizes.slice().sort();
  const limit = sorted[Math.max(0, Math.ceil((rowCap / 100) * sorted.length) - 1)] ?? 0;
  return weights.map((weight, i) => (sizes[i]! > limit ? (weight * limit) / sizes[i]! : weight));
}
