pragma circom 2.2.0;

include "../generated/params.circom";
include "fold.circom";
include "freivalds.circom";
include "opening.circom";
include "payouts.circom";
include "rate.circom";
include "scores.circom";
include "statement.circom";
include "trace.circom";

/**
 * Settlement: the whole statement about one batch.
 *
 * The traces, pools and payouts are those whose vector D the contract knows; the scores are U·Φᵀ for the committed Φ; every
 * pool is split in proportion to the positive scores; what is left is as the reward rule says.
 *
 * Every value that is not computed from others is an input: the only hints inside are bits, magnitudes and the quotients of
 * the barycentric formula. An empty slot has active = 0, pool = 0, u = 0 and so W = 0, empty = 1, rate = remainder = 0.
 *
 * @param Q traces in a batch
 * @param C positions, a power of two
 * @param k sketch width; k + 1 is a power of two
 * @input h2 public: hash of the fold and its mask, β is drawn from it
 * @input beta public: point of the opening
 * @input y public: value of the opening
 * @input indexId the index that the batch is settled with
 * @input n0 number of the batch's first payment
 * @input alpha challenge of the fold
 * @input h1 hash of the scores, α is drawn from it
 * @input unattributed U, units of the pools whose W = 0
 * @input io keccak of request and output, reduced, of each trace
 * @input pool units for contributors, of each trace
 * @input active 1 for a trace, 0 for an empty slot
 * @input traceBlind blinding of each t_q
 * @input u gradient sketches
 * @input score S_qc
 * @input v fold of Φ at α, k + 1 elements
 * @input mask s_0, s_1
 * @input blind1 blinding of h1
 * @input blind2 blinding of h2
 * @input rate ⌊pool_q·2^32 / W_q⌋, 0 where W = 0
 * @input remainder of that division, 0 where W = 0
 * @input weightInverse 1/W_q in the field, 0 where W = 0
 * @input empty 1 where W_q = 0
 * @input pay units of each position
 * @input fraction what the shift by 32 cuts off each position's sum
 * @assumes the public inputs are what the transcript says: h2 enters β; the contract's D(β) and the KZG opening
 *          confirm y
 * @enforces the reward rule on the traces' committed sketches and the committed Φ, for exactly the statement D
 * @cost the sum of its parts, + 1 for U; see docs/decisions/001-circuit-size.md
 */
template Settlement(Q, C, k) {
    signal input h2;
    signal input beta;
    signal input y;
    signal input indexId;
    signal input n0;
    signal input alpha;
    signal input h1;
    signal input unattributed;
    signal input io[Q];
    signal input pool[Q];
    signal input active[Q];
    signal input traceBlind[Q];
    signal input u[Q][k];
    signal input score[Q][C];
    signal input v[k + 1];
    signal input mask[2];
    signal input blind1;
    signal input blind2;
    signal input rate[Q];
    signal input remainder[Q];
    signal input weightInverse[Q];
    signal input empty[Q];
    signal input pay[C];
    signal input fraction[C];

    component trace[Q];
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
    }

    component scores = Scores(Q, C);
    scores.score <== score;
    scores.blind <== blind1;
    for (var q = 0; q < Q; q++) {
        scores.commitment[q] <== trace[q].commitment;
    }
    scores.h1 === h1;

    component freivalds = Freivalds(Q, C, k);
    freivalds.alpha <== alpha;
    freivalds.score <== score;
    freivalds.u <== u;
    for (var j = 0; j < k; j++) {
        freivalds.v[j] <== v[j];
    }

    component split[Q];
    var left = 0;
    for (var q = 0; q < Q; q++) {
        split[q] = Rate(SCORE_BITS() - 1 + log2(C));
        split[q].weight <== scores.weight[q];
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
    payouts.magnitude <== scores.magnitude;
    payouts.pay <== pay;
    payouts.fraction <== fraction;

    component fold = Fold(Q, k + 1);
    fold.h1 <== h1;
    fold.alpha <== alpha;
    fold.indexId <== indexId;
    fold.n0 <== n0;
    fold.unattributed <== unattributed;
    fold.pool <== pool;
    fold.v <== v;
    fold.mask <== mask;
    fold.blind <== blind2;
    fold.h2 === h2;

    component statement = Statement(Q, C);
    statement.beta <== beta;
    statement.indexId <== indexId;
    statement.n0 <== n0;
    statement.alpha <== alpha;
    statement.h1 <== h1;
    statement.unattributed <== unattributed;
    statement.pool <== pool;
    statement.pay <== pay;
    for (var q = 0; q < Q; q++) {
        statement.trace[q] <== trace[q].trace;
    }

    component opening = Opening(C, k + 1);
    opening.alpha <== alpha;
    opening.beta <== beta;
    opening.v <== v;
    opening.mask <== mask;
    opening.pay <== pay;
    opening.statement <== statement.value;
    opening.y === y;
}
