pragma circom 2.2.0;

/**
 * Toy: the settlement circuit's public signals around two products, for tests of keys.
 */
template Toy() {
    signal input h2;
    signal input beta;
    signal input y;
    signal product <== (h2 + 1) * beta;
    signal square <== beta * beta;
    y === product + square;
}

component main {public [h2, beta, y]} = Toy();
