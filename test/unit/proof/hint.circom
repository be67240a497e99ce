pragma circom 2.2.0;

/**
 * Hint: a wire whose constraint does not say how it was computed.
 */
template Hint() {
    signal input in;
    signal third;

    third <-- in / 3;
    third * third === in;
}

component main = Hint();
