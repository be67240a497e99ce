pragma circom 2.2.0;

include "../../circuits/generated/params.circom";
include "../../circuits/lib/hash_chain.circom";
include "../../circuits/lib/range.circom";
include "../../circuits/settlement/payouts.circom";
include "../../circuits/settlement/rate.circom";
include "../../circuits/settlement/score_row.circom";
include "../../circuits/settlement/trace.circom";

/**
 * DotProduct: score = Σ_j u_j·phi_j, one constraint a product.
 *
 * @param k entries
 * @cost k
 */
template DotProduct(k) {
    signal input u[k];
    signal input phi[k];
    signal input score;
    signal product[k - 1];

    var rest = score;
    for (var j = 0; j < k - 1; j++) {
        product[j] <== u[j] * phi[j];
        rest -= product[j];
    }
    u[k - 1] * phi[k - 1] === rest;
}

/**
 * Naive: the same statement as Settlement, in the way one would write it first. The index is hashed in the circuit, entry by entry,
 * and every score is multiplied out: no folding, no polynomial commitment, no opening. What the benchmark compares with; not used by
 * the product.
 *
 * @param Q traces
 * @param C positions
 * @param k sketch width
 * @input indexHash public: hash of Φ
 * @input statementHash public: hash of ids, pools, traces and payouts
 * @cost Q·C·k for the products, 8·C·k for the ranges of Φ, the hash of ⌈C·k/31⌉ elements, and the parts shared with Settlement
 */
template Naive(Q, C, k) {
    signal input indexHash;
    signal input statementHash;
    signal input indexId;
    signal input n0;
    signal input unattributed;
    signal input io[Q];
    signal input pool[Q];
    signal input active[Q];
    signal input traceBlind[Q];
    signal input phi[C][k];
    signal input u[Q][k];
    signal input score[Q][C];
    signal input rate[Q];
    signal input remainder[Q];
    signal input weightInverse[Q];
    signal input empty[Q];
    signal input pay[C];
    signal input fraction[C];

    component phiRange[C][k];
    component index = HashChain(TAG_FOLD(), 1, [[C * k, U_PER_ELEMENT(), U_BITS(), U_BIAS()]]);
    for (var c = 0; c < C; c++) {
        for (var j = 0; j < k; j++) {
            phiRange[c][j] = Range(U_BITS(), U_BIAS());
            phiRange[c][j].in <== phi[c][j];
            index.in[c * k + j] <== phi[c][j];
        }
    }
    indexHash === index.out;

    component trace[Q];
    component row[Q];
    component dot[Q][C];
    component split[Q];
    var left = 0;
    for (var q = 0; q < Q; q++) {
        trace[q] = Trace(k);
        trace[q].indexId <== indexId;
        trace[q].io <== io[q];
        trace[q].n0 <== n0;
        trace[q].slot <== q;
        trace[q].pool <== pool[q];
        trace[q].active <== active[q];
        trace[q].blind <== traceBlind[q];
        trace[q].u <== u[q];
        for (var c = 0; c < C; c++) {
            dot[q][c] = DotProduct(k);
            dot[q][c].u <== u[q];
            dot[q][c].phi <== phi[c];
            dot[q][c].score <== score[q][c];
        }
        row[q] = ScoreRow(C);
        row[q].score <== score[q];
        split[q] = Rate(SCORE_BITS() - 1 + log2(C));
        split[q].weight <== row[q].weight;
        split[q].pool <== pool[q];
        split[q].rate <== rate[q];
        split[q].remainder <== remainder[q];
        split[q].weightInverse <== weightInverse[q];
        split[q].empty <== empty[q];
        left += split[q].unattributed;
    }
    unattributed === left;

    component payouts = Payouts(Q, C);
    payouts.rate <== rate;
    payouts.score <== score;
    payouts.pay <== pay;
    payouts.fraction <== fraction;
    for (var q = 0; q < Q; q++) {
        payouts.magnitude[q] <== row[q].magnitude;
    }

    component statement = HashChain(TAG_SCORES(), 4, [
        [3, 1, 0, 0],
        [Q, AMOUNTS_PER_ELEMENT(), AMOUNT_BITS(), 0],
        [Q, 1, 0, 0],
        [C, AMOUNTS_PER_ELEMENT(), AMOUNT_BITS(), 0]
    ]);
    statement.in[0] <== indexId;
    statement.in[1] <== n0;
    statement.in[2] <== unattributed;
    for (var q = 0; q < Q; q++) {
        statement.in[3 + q] <== pool[q];
        statement.in[3 + Q + q] <== trace[q].trace;
    }
    for (var c = 0; c < C; c++) {
        statement.in[3 + 2 * Q + c] <== pay[c];
    }
    statementHash === statement.out;
}
