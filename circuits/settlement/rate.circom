pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/range.circom";
include "../lib/zero_flag.circom";

/**
 * Rate: what one unit of positive influence earns of a trace's pool, ⌊pool·2^32 / W⌋, and what happens where W = 0.
 *
 * rate·W + remainder = (1 − empty)·pool·2^32 with 0 ≤ remainder < W. Both sides stay below 2^(80 + weightBits), far below r, so the
 * equation holds between integers and has one solution. Where W = 0 both are 0 and the pool is unattributed.
 *
 * @param weightBits W < 2^weightBits ≤ 2^64
 * @input weight W
 * @input pool in units
 * @input rate
 * @input remainder
 * @input weightInverse 1/W in the field, or anything where W = 0
 * @input empty 1 where W = 0
 * @output unattributed pool where W = 0, else 0
 * @assumes 0 ≤ weight < 2^weightBits; 0 ≤ pool < 2^48
 * @enforces empty = [W = 0]; rate = ⌊pool·2^32 / W⌋ and remainder that of the division, both 0 where W = 0
 * @cost 2·weightBits + 86: ZeroFlag 2, three products, the ranges, and a signal for W + empty − 1 − remainder
 */
template Rate(weightBits) {
    assert(weightBits <= 64);
    signal input weight;
    signal input pool;
    signal input rate;
    signal input remainder;
    signal input weightInverse;
    signal input empty;
    signal output unattributed;

    component zero = ZeroFlag();
    zero.in <== weight;
    zero.inverse <== weightInverse;
    zero.flag <== empty;

    unattributed <== empty * pool;
    rate * weight === (pool - unattributed) * (1 << SHIFT()) - remainder;
    rate * empty === 0;

    component rateRange = Range(RATE_BITS(), 0);
    rateRange.in <== rate;
    component notNegative = Range(weightBits, 0);
    notNegative.in <== remainder;
    component belowWeight = Range(weightBits, 0);
    belowWeight.in <== weight + empty - 1 - remainder;
}
