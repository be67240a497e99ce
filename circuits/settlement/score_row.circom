pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/signed_range.circom";

/**
 * ScoreRow: the scores of one trace, in range, and what they weigh together.
 *
 * W = Σ_c max(0, S_c), with max(0, S) = (S + |S|) / 2. W is a signal although it is linear: its 2·C terms would
 * otherwise be in every constraint that uses it.
 *
 * @param C positions
 * @input score S_c
 * @output magnitude |S_c|
 * @output weight W
 * @enforces |S_c| < 2^19; magnitude and weight as above, so 0 ≤ W ≤ C·(2^19 − 1)
 * @cost 20·C + 1
 */
template ScoreRow(C) {
    signal input score[C];
    signal output magnitude[C];
    signal output weight;

    component range[C];
    var sum = 0;
    for (var c = 0; c < C; c++) {
        range[c] = SignedRange(SCORE_BITS() - 1);
        range[c].in <== score[c];
        magnitude[c] <== range[c].magnitude;
        sum += (score[c] + magnitude[c]) / 2;
    }
    weight <== sum;
}
