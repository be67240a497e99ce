pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/horner.circom";

/**
 * Statement: the value at β of the statement vector D, the circuit's copy of what the contract knows.
 *
 * The contract evaluates its own copy at the same β, which is drawn after both are fixed: equal values, equal vectors.
 *
 * @param Q traces
 * @param C positions
 * @input beta β
 * @input indexId
 * @input n0 number of the batch's first payment
 * @input alpha α
 * @input h1 the scores' hash
 * @input unattributed U in units
 * @input pool pool_q in units
 * @input trace t_q
 * @input pay pay_c in units
 * @output value D(β) = Σ_i D_i β^i, D = (indexId, n0, alpha, h1, unattributed, pools packed, traces, payouts packed)
 * @assumes 0 ≤ pool, pay < 2^56
 * @enforces value as above
 * @cost 4 + ⌈Q/4⌉ + Q + ⌈C/4⌉
 */
template Statement(Q, C) {
    signal input beta;
    signal input indexId;
    signal input n0;
    signal input alpha;
    signal input h1;
    signal input unattributed;
    signal input pool[Q];
    signal input trace[Q];
    signal input pay[C];
    signal output value;

    component horner = Horner(4, [
        [5, 1, 0, 0],
        [Q, AMOUNTS_PER_ELEMENT(), AMOUNT_BITS(), 0],
        [Q, 1, 0, 0],
        [C, AMOUNTS_PER_ELEMENT(), AMOUNT_BITS(), 0]
    ]);
    horner.x <== beta;
    horner.in[0] <== indexId;
    horner.in[1] <== n0;
    horner.in[2] <== alpha;
    horner.in[3] <== h1;
    horner.in[4] <== unattributed;
    for (var q = 0; q < Q; q++) {
        horner.in[5 + q] <== pool[q];
        horner.in[5 + Q + q] <== trace[q];
    }
    for (var c = 0; c < C; c++) {
        horner.in[5 + 2 * Q + c] <== pay[c];
    }
    value <== horner.out;
}
