pragma circom 2.2.0;

include "range.circom";

/**
 * SignedRange: in is an integer of n bits and a sign, and magnitude is its absolute value.
 *
 * (in − magnitude)(in + magnitude) = 0 does two jobs: it binds the sign, and it makes max(0, in) the linear form
 * (in + magnitude) / 2. Bits of in + 2^n and a product with the sign bit would cost one constraint more.
 *
 * @param n bits of the magnitude, 1 ≤ n ≤ 252
 * @input in any field element; −x stands for r − x
 * @output magnitude |in|
 * @enforces −2^n < in < 2^n and magnitude = |in|
 * @cost n + 1
 */
template SignedRange(n) {
    assert(n <= 252);
    signal input in;
    signal output magnitude;

    magnitude <-- in < 0 ? -in : in;
    (in - magnitude) * (in + magnitude) === 0;

    component range = Range(n, 0);
    range.in <== magnitude;
}
