import type { Method } from "./types.ts";

/**
 * EK-FAC: S(q, i) = Σ_m g_qm g_im / (h_m + λ) over the columns.
 *
 * Columns of a PCA sketch are products of eigenvectors of E[x̂ x̂ᵀ] and E[δ δᵀ] of their layer: the basis in which K-FAC
 * (Martens and Grosse, 2015) takes the curvature to be diagonal. h_m is the curvature measured along column m instead of the
 * product of the two eigenvalues (George et al., 2018; for influence: Grosse et al., 2023).
 */
export const ekfac: Method = {
  name: "ekfac",
  summary: "influence with the curvature's diagonal in the Kronecker factors' eigenbasis (EK-FAC)",
  metric: ({ columns, curvature, ridge }) => {
    const h = curvature();
    const matrix = new Float64Array(columns * columns);
    for (let m = 0; m < columns; m++) matrix[m * columns + m] = 1 / (h[m * columns + m]! + ridge);
    return matrix;
  },
};
