// Written by scripts/generate/circuits.ts from src/params; do not edit.
// Params digest 0x53f9608b88162446f1fc816ba4e7853f8f0144a69db0235710aa0df23b30d496

pragma circom 2.2.0;

include "../settlement/settlement.circom";

component main {public [h2, beta, rho, y]} = Settlement(16, 128, 127);
