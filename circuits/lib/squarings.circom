pragma circom 2.2.0;

/** log2 of a power of two; of another number, rounded up. */
function log2(n) {
    var bits = 0;
    while ((1 << bits) < n) {
        bits++;
    }
    return bits;
}

/**
 * Squarings: x, x^2, x^4, …, x^(2^m).
 *
 * @param m how often to square
 * @input x any field element
 * @output power power[i] = x^(2^i), m + 1 of them
 * @enforces exactly that
 * @cost m
 */
template Squarings(m) {
    signal input x;
    signal output power[m + 1];

    power[0] <== x;
    for (var i = 0; i < m; i++) {
        power[i + 1] <== power[i] * power[i];
    }
}
