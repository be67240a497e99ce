pragma circom 2.2.0;

include "layout.circom";

/**
 * Horner: the value at x of the polynomial whose coefficients a layout packs from values.
 *
 * @param rows rows of the layout
 * @param layout how the values make the n ≥ 2 coefficients, lowest first, see layout.circom
 * @input x the point
 * @input in the values, in order
 * @output out Σ_i element_i·x^i
 * @enforces out is that sum
 * @cost n − 1
 */
template Horner(rows, layout) {
    var n = layoutElements(rows, layout);
    assert(n >= 2);
    signal input x;
    signal input in[layoutValues(rows, layout)];
    signal output out;

    var coefficient[n];
    var value = 0;
    for (var e = 0; e < n; e++) {
        var element[3] = layoutElement(rows, layout, e);
        coefficient[e] = 0;
        for (var i = 0; i < element[0]; i++) {
            coefficient[e] += (in[value] + element[2]) * (1 << (i * element[1]));
            value++;
        }
    }

    signal partial[n - 1];
    partial[n - 2] <== coefficient[n - 1] * x + coefficient[n - 2];
    for (var e = n - 3; e >= 0; e--) {
        partial[e] <== partial[e + 1] * x + coefficient[e];
    }
    out <== partial[0];
}
