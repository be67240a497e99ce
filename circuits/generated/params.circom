// Written by scripts/generate/circuits.ts from src/params; do not edit.
// Params digest 0x332f5a2b6cb460e8ad98e03ba67120e27f796fee1948045517abb1364646435e

pragma circom 2.2.0;

function PHI_MAX() {
    return 127;
}

function U_BITS() {
    return 8;
}

function U_BIAS() {
    return 128;
}

function SCORE_BITS() {
    return 20;
}

function POOL_BITS() {
    return 48;
}

function SHIFT() {
    return 32;
}

function RATE_BITS() {
    return 80;
}

function RHO_SQUARINGS() {
    return 32;
}

function U_PER_ELEMENT() {
    return 31;
}

function SCORES_PER_ELEMENT() {
    return 12;
}

function AMOUNTS_PER_ELEMENT() {
    return 4;
}

function AMOUNT_BITS() {
    return 56;
}

function TAG_TRACE() {
    return 1;
}

function TAG_SCORES() {
    return 2;
}

function TAG_FOLD() {
    return 3;
}
