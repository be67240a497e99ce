pragma circom 2.2.0;

include "layout.circom";
include "poseidon_block.circom";

/**
 * HashChain: the fixed-length chain of Poseidon permutations H_tag(x_1 … x_n), where a layout packs values into the x_i.
 *
 * The first capacity is tag·2^32 + n, a constant, so lists of other lengths or purposes are hashed by other functions.
 *
 * @param tag domain tag, tag·2^32 + n < r
 * @param rows rows of the layout
 * @param layout how the values make the n elements, see layout.circom
 * @input in the values, in order
 * @output out the last state
 * @assumes each value plus its bias fits its place, where packing is to be injective
 * @enforces out = H_tag(the n elements)
 * @cost 612·⌈n/16⌉ − 3 − 3·(lanes of the last block without an element)
 */
template HashChain(tag, rows, layout) {
    var n = layoutElements(rows, layout);
    var blocks = (n + 15) \ 16;
    signal input in[layoutValues(rows, layout)];
    signal output out;

    component block[blocks];
    var value = 0;
    for (var b = 0; b < blocks; b++) {
        var lanes = n - 16 * b < 16 ? n - 16 * b : 16;
        var lane[16][3];
        for (var i = 0; i < 16; i++) {
            lane[i] = layoutElement(rows, layout, 16 * b + i);
        }
        if (b == 0) {
            block[b] = PoseidonBlock(0, tag * (1 << 32) + n, lanes, lane);
            block[b].state <== 0;
        } else {
            block[b] = PoseidonBlock(1, 0, lanes, lane);
            block[b].state <== block[b - 1].out;
        }
        for (var i = 0; i < blockValues(lanes, lane); i++) {
            block[b].in[i] <== in[value];
            value++;
        }
    }
    out <== block[blocks - 1].out;
}
