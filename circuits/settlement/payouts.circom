pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/digits.circom";
include "../lib/range.circom";
include "../lib/squarings.circom";

/**
 * Payouts: pay_c = ⌊Σ_q rate_q·positive_qc / 2^32⌋ for every position, positive = max(0, S) = (S + |S|) / 2.
 *
 * Y_c = Σ_q rate_q·positive_qc is at most Σ_q rate_q·W_q ≤ 2^32·Σ_q pool_q < 2^(payBits + 32), payBits = 48 + log2 Q. So
 * several positions share the products, as digits in base K = 2^(payBits + 32): Σ_q rate_q·(Σ_i positive_qi·K^i) =
 * Σ_i Y_i·K^i. The other side is Σ_i (pay_i·2^32 + fraction_i)·K^i with digits in the same range: equal numbers below r have
 * equal digits.
 *
 * @param Q traces
 * @param C positions
 * @input rate rate_q
 * @input score S_qc
 * @input magnitude |S_qc|
 * @input pay pay_c in units
 * @input fraction what the shift cuts off
 * @assumes rate_q·Σ_c positive_qc ≤ pool_q·2^32 and pool_q < 2^48 for each q, in integers; magnitude = |score|
 * @enforces pay_c as above; 0 ≤ pay_c < 2^payBits; 0 ≤ fraction_c < 2^32
 * @cost C·(payBits + 32) + Q·⌈C/g⌉, g = digitsPerElement(payBits + 32): 3, 3, 2 for Q = 4, 16, 64
 */
template Payouts(Q, C) {
    signal input rate[Q];
    signal input score[Q][C];
    signal input magnitude[Q][C];
    signal input pay[C];
    signal input fraction[C];

    var payBits = POOL_BITS() + log2(Q);
    var bits = payBits + SHIFT();
    var size = digitsPerElement(bits);
    var groups = (C + size - 1) \ size;

    component payRange[C];
    component fractionRange[C];
    for (var c = 0; c < C; c++) {
        payRange[c] = Range(payBits, 0);
        payRange[c].in <== pay[c];
        fractionRange[c] = Range(SHIFT(), 0);
        fractionRange[c].in <== fraction[c];
    }

    signal earned[groups][Q - 1];
    for (var g = 0; g < groups; g++) {
        var last = (g + 1) * size < C ? (g + 1) * size : C;
        var rest = 0;
        for (var c = g * size; c < last; c++) {
            rest += (pay[c] * (1 << SHIFT()) + fraction[c]) * (1 << (bits * (c - g * size)));
        }
        for (var q = 0; q < Q; q++) {
            var positive = 0;
            for (var c = g * size; c < last; c++) {
                positive += (score[q][c] + magnitude[q][c]) / 2 * (1 << (bits * (c - g * size)));
            }
            if (q < Q - 1) {
                earned[g][q] <== rate[q] * positive;
                rest -= earned[g][q];
            } else {
                rate[q] * positive === rest;
            }
        }
    }
}
