pragma circom 2.2.0;

/** The primitive n-th root of unity of the field, 5^((r−1)/n), as snarkjs and the key's domains have it. */
function rootOfUnity(n) {
    return 5 ** ((-1) \ n);
}

/**
 * Barycentric: the value at x of the polynomial of degree < n with f(ω^i) = value[i], ω = rootOfUnity(n).
 *
 * f(x) = (x^n − 1)/n · Σ_i ω^i·value[i] / (x − ω^i): one constraint for each quotient.
 *
 * At x = ω^i the quotient's constraint reads quotient·0 = value[i]: it has a solution only where value[i] = 0, and then the
 * output is 0 = f(ω^i), whatever the quotient. So no x makes a false output possible; for n of the r points x a true
 * one may have no witness. Who draws x at random meets them with probability n/r, and draws again.
 *
 * @param n a power of two, 2 ≤ n ≤ 2^28
 * @input x the point
 * @input xPowN x^n
 * @input value f on the n-th roots of unity, value[i] at ω^i
 * @output out f(x)
 * @assumes xPowN = x^n
 * @enforces out = f(x)
 * @cost n + 1
 */
template Barycentric(n) {
    assert(n >= 2 && n <= (1 << 28) && (n & (n - 1)) == 0);
    signal input x;
    signal input xPowN;
    signal input value[n];
    signal output out;

    signal quotient[n];
    var omega = rootOfUnity(n);
    var root = 1;
    var sum = 0;
    for (var i = 0; i < n; i++) {
        quotient[i] <-- x == root ? 0 : value[i] / (x - root);
        quotient[i] * (x - root) === value[i];
        sum += root * quotient[i];
        root *= omega;
    }
    out <== (xPowN - 1) * (sum / n);
}
