pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/digits.circom";

/**
 * Freivalds: the scores are the matrix product S = U·Φᵀ, checked against the fold v of Φ.
 *
 * For a challenge α that is fixed after S, U and Φ, Σ_c α^c S_qc = Σ_j u_qj v_j with v_j = Σ_c α^c Φ_cj implies
 * S_qc = Σ_j u_qj Φ_cj, but for a chance of (C − 1)/r. Several traces share one such equation, as the digits
 * of a number: with D = S − U·Φᵀ and K = 2^b, the equation of a group of traces says Σ_q K^(q)·D_qc = 0 for every c, and as
 * |D_qc| < K and the sum cannot wrap, every D_qc is 0 (the lowest digit is divisible by K, so 0; then the next). The bound
 * |D_qc| ≤ 2^19 − 1 + 128·127·k needs entries of Φ in [−127, 127], which whoever rebuilds C_Φ has checked. For an
 * index that breaks it, the equation still leaves at most one S for given traces: the digits of the group's sum.
 *
 * @param Q traces
 * @param C positions, C ≥ 3
 * @param k sketch width
 * @input alpha the challenge
 * @input score S_qc
 * @input u u_qj
 * @input v v_j, the blinding column left out
 * @assumes |S_qc| < 2^19; u_qj in [−128, 127]; alpha is drawn after S, Φ and every u are committed, those of empty slots too
 *          because groups mix them; v is the fold of Φ at alpha; entries of Φ in [−127, 127]
 * @enforces S_qc = Σ_j u_qj Φ_cj
 * @cost ⌈Q/g⌉·(C − 1 + k), g = digitsPerElement(bitLength(2^19 − 1 + 128·127·k)): 12, 11, 11 for k = 63, 127, 255
 */
template Freivalds(Q, C, k) {
    assert(C >= 3);
    signal input alpha;
    signal input score[Q][C];
    signal input u[Q][k];
    signal input v[k];

    var bits = bitLength((1 << (SCORE_BITS() - 1)) - 1 + U_BIAS() * PHI_MAX() * k);
    var size = digitsPerElement(bits);
    var groups = (Q + size - 1) \ size;

    signal partial[groups][C - 2];
    signal product[groups][k];
    for (var g = 0; g < groups; g++) {
        var last = (g + 1) * size < Q ? (g + 1) * size : Q;
        var row[C];
        for (var c = 0; c < C; c++) {
            row[c] = 0;
            for (var q = g * size; q < last; q++) {
                row[c] += score[q][c] * (1 << (bits * (q - g * size)));
            }
        }
        var right = 0;
        for (var j = 0; j < k; j++) {
            var sketch = 0;
            for (var q = g * size; q < last; q++) {
                sketch += u[q][j] * (1 << (bits * (q - g * size)));
            }
            product[g][j] <== v[j] * sketch;
            right += product[g][j];
        }

        // Horner from the top, partial[c] = Σ_{i>c} α^(i−c−1)·row[i]; its last step is the equation itself.
        partial[g][C - 3] <== row[C - 1] * alpha + row[C - 2];
        for (var c = C - 4; c >= 0; c--) {
            partial[g][c] <== partial[g][c + 1] * alpha + row[c + 1];
        }
        partial[g][0] * alpha === right - row[0];
    }
}
