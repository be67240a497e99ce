pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/hash_chain.circom";

/**
 * Fold: binds in h2 everything that the opening at β uses and that neither α nor the contract's copy fixes.
 *
 * h2 goes into β. The fold v and the mask must be fixed before β, or they could be chosen to make any value y true.
 *
 * @param Q traces
 * @param w columns of Φ with the blinding column, k + 1
 * @input h1 the scores' hash
 * @input alpha the challenge of the fold
 * @input indexId
 * @input n0 number of the batch's first payment
 * @input unattributed U in units
 * @input pool pool_q in units
 * @input v the fold of Φ, w elements
 * @input mask s_0, s_1 of the quotient's mask
 * @input blind hides all that in h2
 * @output h2 H_fold(h1, alpha, indexId, n0, unattributed, pools packed, v, mask, blind)
 * @assumes 0 ≤ pool < 2^48
 * @enforces h2 over one preimage only
 * @cost the hash of 8 + ⌈Q/4⌉ + w elements
 */
template Fold(Q, w) {
    signal input h1;
    signal input alpha;
    signal input indexId;
    signal input n0;
    signal input unattributed;
    signal input pool[Q];
    signal input v[w];
    signal input mask[2];
    signal input blind;
    signal output h2;

    component hash = HashChain(TAG_FOLD(), 3, [
        [5, 1, 0, 0],
        [Q, AMOUNTS_PER_ELEMENT(), AMOUNT_BITS(), 0],
        [w + 3, 1, 0, 0]
    ]);
    hash.in[0] <== h1;
    hash.in[1] <== alpha;
    hash.in[2] <== indexId;
    hash.in[3] <== n0;
    hash.in[4] <== unattributed;
    for (var q = 0; q < Q; q++) {
        hash.in[5 + q] <== pool[q];
    }
    for (var j = 0; j < w; j++) {
        hash.in[5 + Q + j] <== v[j];
    }
    hash.in[5 + Q + w] <== mask[0];
    hash.in[6 + Q + w] <== mask[1];
    hash.in[7 + Q + w] <== blind;
    h2 <== hash.out;
}
