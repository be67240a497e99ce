pragma circom 2.2.0;

include "circomlib/circuits/poseidon_constants.circom";
include "layout.circom";

/** Values that a block of `lanes` lanes reads; lane[i] = [values, bits, bias]. */
function blockValues(lanes, lane) {
    var values = 0;
    for (var i = 0; i < lanes; i++) {
        values += lane[i][0];
    }
    return values;
}

/**
 * PoseidonBlock: circomlib's Poseidon permutation of 16 inputs (t = 17, 8 full and 68 partial rounds), first output.
 *
 * The same function as circomlib's PoseidonEx(16, 1), with the same constants, but every linear layer stays a
 * linear form in a `var`: only the S-boxes are constraints, three each. Lanes that are constants (the capacity of the first
 * block of a chain, lanes without a value) pass the first round for nothing.
 *
 * @param chained 1: the capacity lane is the signal state; 0: it is the constant `capacity`
 * @param capacity the constant capacity where chained = 0; else 0
 * @param lanes how many of the 16 lanes are filled, the others are 0
 * @param lane [16][3]: of each lane how many values are packed into it, how wide a place is in bits, and the bias of each
 * @input state the capacity where chained = 1; not read where it is 0
 * @input in the values of all lanes, in order
 * @output out the first element of the permuted state
 * @assumes the values of a lane fit their places, where packing is to be injective
 * @enforces out = Poseidon(lanes; capacity)[0]
 * @cost 3·(8·17 + 68) = 612, less 3 for each constant lane
 */
template PoseidonBlock(chained, capacity, lanes, lane) {
    var t = 17;
    var fullRounds = 8;
    var partialRounds = 68;
    var C[204] = POSEIDON_C(17);
    var S[2244] = POSEIDON_S(17);
    var M[17][17] = POSEIDON_M(17);
    var P[17][17] = POSEIDON_P(17);

    signal input state;
    signal input in[blockValues(lanes, lane)];
    signal output out;

    var boxes = fullRounds * t + partialRounds - (16 - lanes) - (1 - chained);
    signal square[boxes];
    signal fourth[boxes];
    signal fifth[boxes - 1];

    // x: the state, as linear forms of the inputs and of the S-boxes' outputs.
    var x[17];
    if (chained == 1) {
        x[0] = state + C[0];
    } else {
        x[0] = capacity + C[0];
    }
    var value = 0;
    for (var i = 0; i < 16; i++) {
        x[i + 1] = C[i + 1];
        if (i < lanes) {
            for (var j = 0; j < lane[i][0]; j++) {
                x[i + 1] += (in[value] + lane[i][2]) * (1 << (j * lane[i][1]));
                value++;
            }
        }
    }

    var y[17];
    var box = 0;
    for (var round = 0; round < fullRounds; round++) {
        for (var i = 0; i < t; i++) {
            if (round == 0 && (i > lanes || (i == 0 && chained == 0))) {
                y[i] = x[i] ** 5;
            } else {
                square[box] <== x[i] * x[i];
                fourth[box] <== square[box] * square[box];
                if (box < boxes - 1) {
                    fifth[box] <== fourth[box] * x[i];
                    y[i] = fifth[box];
                }
                box++;
            }
        }
        if (round < fullRounds - 1) {
            var constants = (round + 1) * t;
            if (round >= fullRounds \ 2) {
                constants += partialRounds;
            }
            for (var i = 0; i < t; i++) {
                y[i] += C[constants + i];
            }
            for (var i = 0; i < t; i++) {
                x[i] = 0;
                for (var j = 0; j < t; j++) {
                    if (round == fullRounds \ 2 - 1) {
                        x[i] += P[j][i] * y[j];
                    } else {
                        x[i] += M[j][i] * y[j];
                    }
                }
            }
        }
        if (round == fullRounds \ 2 - 1) {
            // The partial rounds: one S-box each, then circomlib's sparse matrix number r.
            for (var r = 0; r < partialRounds; r++) {
                square[box] <== x[0] * x[0];
                fourth[box] <== square[box] * square[box];
                fifth[box] <== fourth[box] * x[0];
                var first = fifth[box] + C[(fullRounds \ 2 + 1) * t + r];
                var sparse = (2 * t - 1) * r;
                x[0] = S[sparse] * first;
                for (var j = 1; j < t; j++) {
                    x[0] += S[sparse + j] * x[j];
                    x[j] += S[sparse + t + j - 1] * first;
                }
                box++;
            }
        }
    }

    // The last S-box of the last round is only ever used inside the output, so it needs no signal.
    var others = 0;
    for (var j = 0; j < t - 1; j++) {
        others += M[j][0] * y[j];
    }
    out <== M[t - 1][0] * fourth[boxes - 1] * x[t - 1] + others;
}
