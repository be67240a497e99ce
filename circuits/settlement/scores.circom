pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/hash_chain.circom";
include "score_row.circom";

/**
 * Scores: puts every score in its range and binds all of them, with the sketches that they belong to, in h1.
 *
 * h1 goes into α, so that the scores and every u, also an empty slot's, are fixed before the challenge that checks them.
 *
 * @param Q traces
 * @param C positions
 * @input score S_qc
 * @input commitment H_trace of each slot, also of an empty one
 * @input blind hides the scores in h1
 * @output magnitude |S_qc|
 * @output weight W_q
 * @output h1 H_scores(scores packed, commitments, blind)
 * @enforces |S_qc| < 2^19; magnitude = |S|; W_q = Σ_c max(0, S_qc); h1 over one preimage only
 * @cost Q·(20·C + 1) + the hash of ⌈Q·C/12⌉ + Q + 1 elements
 */
template Scores(Q, C) {
    signal input score[Q][C];
    signal input commitment[Q];
    signal input blind;
    signal output magnitude[Q][C];
    signal output weight[Q];
    signal output h1;

    component row[Q];
    component hash = HashChain(TAG_SCORES(), 2, [
        [Q * C, SCORES_PER_ELEMENT(), SCORE_BITS(), 1 << (SCORE_BITS() - 1)],
        [Q + 1, 1, 0, 0]
    ]);
    for (var q = 0; q < Q; q++) {
        row[q] = ScoreRow(C);
        row[q].score <== score[q];
        magnitude[q] <== row[q].magnitude;
        weight[q] <== row[q].weight;
        for (var c = 0; c < C; c++) {
            hash.in[q * C + c] <== score[q][c];
        }
        hash.in[Q * C + q] <== commitment[q];
    }
    hash.in[Q * C + Q] <== blind;
    h1 <== hash.out;
}
