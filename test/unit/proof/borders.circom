pragma circom 2.2.0;

include "../../../circuits/lib/barycentric.circom";
include "../../../circuits/lib/signed_range.circom";

/**
 * Borders: the templates of circuits/lib that compute by hints, small enough to try their borders.
 */
template Borders() {
    signal input x;
    signal input narrow;
    signal input wide;
    signal input value[4];
    signal output y;

    signal square <== x * x;
    signal fourth <== square * square;
    component range = Range(253, 5);
    range.in <== wide;
    component bit = Range(1, 0);
    bit.in <== value[3];
    component pair = Range(2, 0);
    pair.in <== value[2];
    component signs = SignedRange(4);
    signs.in <== narrow;
    component f = Barycentric(4);
    f.x <== x;
    f.xPowN <== fourth;
    f.value <== value;
    y <== f.out + signs.magnitude;
}

component main = Borders();
