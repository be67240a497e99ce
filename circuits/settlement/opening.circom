pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/barycentric.circom";
include "../lib/horner.circom";
include "../lib/squarings.circom";

/**
 * Opening: y, the value at β that the KZG opening outside the circuit must confirm.
 *
 * y = v(β) − (s_0 + s_1·β)(β^w − α) + ρ·f_P(β) + ρ²·D(β), ρ = β^(2^RHO_SQUARINGS). The fold and its mask, the payouts and
 * the statement are three terms that ρ keeps apart: a power of β above the degree of all that is opened beside them.
 *
 * @param C positions, a power of two
 * @param w columns of Φ with the blinding column, a power of two
 * @input alpha α
 * @input beta β
 * @input v the fold of Φ, w elements
 * @input mask s_0, s_1
 * @input pay pay_c in units
 * @input statement D(β)
 * @output y
 * @enforces y as above, f_P the polynomial of degree < C with f_P(ω^c) = pay_c
 * @cost C + w + 4 + RHO_SQUARINGS
 */
template Opening(C, w) {
    assert((1 << log2(w)) == w);
    signal input alpha;
    signal input beta;
    signal input v[w];
    signal input mask[2];
    signal input pay[C];
    signal input statement;
    signal output y;

    assert(log2(C) <= RHO_SQUARINGS() && log2(w) <= RHO_SQUARINGS());
    component powers = Squarings(RHO_SQUARINGS());
    powers.x <== beta;
    signal rho <== powers.power[RHO_SQUARINGS()];

    component fold = Horner(1, [[w, 1, 0, 0]]);
    fold.x <== beta;
    for (var j = 0; j < w; j++) {
        fold.in[j] <== v[j];
    }

    component payouts = Barycentric(C);
    payouts.x <== beta;
    payouts.xPowN <== powers.power[log2(C)];
    for (var c = 0; c < C; c++) {
        payouts.value[c] <== pay[c];
    }

    signal slope <== mask[1] * beta;
    signal masked <== (mask[0] + slope) * (powers.power[log2(w)] - alpha);
    signal bound <== rho * statement;
    y <== rho * (payouts.out + bound) + fold.out - masked;
}
