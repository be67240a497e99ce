/**
 * Counts the constraints of decision 011's alternative: the scores of some traces ranged by a lookup (LogUp) inside the
 * circuit, with the challenge as an input, beside the bits that the circuit uses. What binds the limbs before the challenge
 * is not in here: that is the decision's subject.
 */
import { join } from "node:path";
import { ROOT } from "../scripts/setup/circom.ts";
import { compileMain } from "../test/helpers/circuit.ts";

/** Magnitudes of 20 bits as two limbs, which together with their multiplicities satisfy Σ 1/(γ + limb) = Σ_t m_t/(γ + t). */
const lookup = (scores: number, limbBits: number) => `pragma circom 2.2.0;

template Lookup(n, b) {
    signal input score[n];
    signal input challenge;
    signal input multiplicity[1 << b];
    signal low[n];
    signal high[n];
    signal inverse[2 * n];
    signal share[1 << b];
    var sum = 0;
    for (var i = 0; i < n; i++) {
        var magnitude = score[i] < 0 ? -score[i] : score[i];
        low[i] <-- magnitude & ((1 << b) - 1);
        high[i] <-- magnitude >> b;
        (score[i] - low[i] - (1 << b) * high[i]) * (score[i] + low[i] + (1 << b) * high[i]) === 0;
        inverse[2 * i] <-- 1 / (challenge + low[i]);
        inverse[2 * i] * (challenge + low[i]) === 1;
        inverse[2 * i + 1] <-- 1 / (challenge + high[i]);
        inverse[2 * i + 1] * (challenge + high[i]) === 1;
        sum += inverse[2 * i] + inverse[2 * i + 1];
    }
    for (var t = 0; t < (1 << b); t++) {
        share[t] <-- multiplicity[t] / (challenge + t);
        share[t] * (challenge + t) === multiplicity[t];
        sum -= share[t];
    }
    sum === 0;
}

component main {public [challenge]} = Lookup(${scores}, ${limbBits});
`;

const bits = (scores: number) => `pragma circom 2.2.0;

include "../../circuits/settlement/score_row.circom";

component main = ScoreRow(${scores});
`;

const count = async (text: string) =>
  (await compileMain(text, join(ROOT, ".cache/test-mains"), "O1")).system.constraints.length;

for (const scores of [64, 128]) {
  const [now, then] = [await count(bits(scores)), await count(lookup(scores, 10))];
  process.stdout.write(`${scores} scores: ${now} constraints with bits, ${then} with a table of 2^10\n`);
}
