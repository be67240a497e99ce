import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mod, pow } from "../../../src/crypto/field.ts";
import { SCORE_BIAS } from "../../../src/params/bits.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { alpha } from "../../../src/protocol/transcript.ts";
import { openScene, type Scene, stolenScores, THIEF } from "../../helpers/proof-attack.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { reduceLattice, relationLattice, shortRemainder } from "../../helpers/proof-lattice.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * h1 is not in α: the scores are chosen when α is known. Freivalds' equation is then one linear equation for a trace's
 * sixteen scores, and negative scores earn nothing: the thief takes 1, lattice reduction finds the other fifteen in
 * (−2^19, 0].
 */
const MUTANT: Partial<Transcript> = { alpha: (input) => alpha({ ...input, h1: 0n }) };

const OTHERS = Array.from({ length: TIERS.mini.positions }, (_, position) => position).filter(
  (position) => position !== THIEF,
);
/** The middle of the range that earns nothing. */
const MIDDLE = -BigInt(SCORE_BIAS) / 2n;

/** Scores of one trace: 1 for the thief, and Σ_c α^c·S_c = `target`. */
function fittingScores(basis: readonly bigint[][], drawn: bigint, target: bigint): Int32Array {
  const rest = mod(target - pow(drawn, BigInt(THIEF)));
  // The first of the others is position 0, whose power of α is 1: (rest, 0, …, 0) is a solution, far too large.
  const solution = OTHERS.map((_, i) => (i === 0 ? rest : 0n));
  const short = shortRemainder(
    basis,
    solution.map((value) => value - MIDDLE),
  );
  const scores = new Int32Array(TIERS.mini.positions);
  OTHERS.forEach((position, i) => {
    scores[position] = Number(short[i]! + MIDDLE);
  });
  scores[THIEF] = 1;
  return scores;
}

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("scores made to fit α: the mutant pays the thief everything, the verifiers refuse", async () => {
  const { tools, example, verifiers } = scene;
  const { settlement } = await forge(tools, example, {
    transcript: MUTANT,
    scores: stolenScores(example),
    scoresAfterAlpha: (drawn, folded) => {
      const basis = reduceLattice(relationLattice(OTHERS.map((position) => pow(drawn, BigInt(position)))));
      return example.traces.map(({ u }) => {
        const target = u.reduce((sum, entry, j) => sum + BigInt(entry) * folded[j]!, 0n);
        return fittingScores(basis, drawn, target);
      });
    },
  });
  const { payouts } = settlement.claim;
  assert.ok(payouts.every((pay, position) => (position === THIEF ? pay > 0n : pay === 0n)));
  assert.ok(acceptedByMutant(settlement, verifiers.key, MUTANT));
  await assertRefused(verifiers, settlement);
});

test("scores that are simply false satisfy no circuit", async () => {
  const { tools, example } = scene;
  await assert.rejects(forge(tools, example, { scores: stolenScores(example) }), {
    code: "TRB_PROOF_WITNESS",
  });
});
