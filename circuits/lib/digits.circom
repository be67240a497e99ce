pragma circom 2.2.0;

// Several bounded integers can ride in one field element as the digits of a number in base 2^bits: an equation between
// two such elements is an equation between the digits, as long as nothing wraps modulo r. r lies between 2^253 and 2^254,
// so digits whose widths add up to at most 253 bits never do.

/** How many digits of `bits` bits one field element carries without wrapping. */
function digitsPerElement(bits) {
    return 253 \ bits;
}

/** The width of the numbers 0 .. bound: the smallest b with bound < 2^b. */
function bitLength(bound) {
    var bits = 0;
    while ((1 << bits) <= bound) {
        bits++;
    }
    return bits;
}
