pragma circom 2.2.0;

/**
 * Range: in + bias is an integer of n bits.
 *
 * The top bit is not a signal: it is (in + bias − the lower bits) / 2^(n−1), and the last constraint makes it boolean. That
 * spares the constraint that would put the bits together again. n constraints for 2^n values is the least there is: M
 * quadratic equations have at most 2^M isolated solutions (Bézout).
 *
 * @param n 1 ≤ n ≤ 253, so that 0 .. 2^n − 1 are different field elements
 * @param bias what is added first; 0 for an unsigned integer
 * @input in any field element
 * @enforces −bias ≤ in < 2^n − bias
 * @cost n
 */
template Range(n, bias) {
    assert(n >= 1 && n <= 253);
    signal input in;
    signal bit[n - 1];

    var rest = in + bias;
    for (var i = 0; i < n - 1; i++) {
        bit[i] <-- ((in + bias) >> i) & 1;
        bit[i] * (bit[i] - 1) === 0;
        rest -= bit[i] * (1 << i);
    }
    rest * (rest - (1 << (n - 1))) === 0;
}
