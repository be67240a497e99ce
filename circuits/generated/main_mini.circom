// Written by scripts/generate/circuits.ts from src/params; do not edit.
// Params digest 0x332f5a2b6cb460e8ad98e03ba67120e27f796fee1948045517abb1364646435e

pragma circom 2.2.0;

include "../settlement/settlement.circom";

component main {public [h2, beta, y]} = Settlement(4, 16, 63);
