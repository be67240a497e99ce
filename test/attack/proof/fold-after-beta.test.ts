import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inverse, mod, pow } from "../../../src/crypto/field.ts";
import { evaluate } from "../../../src/protocol/statement-vector.ts";
import { beta as drawBeta } from "../../../src/protocol/transcript.ts";
import { openScene, type Scene, stolenScores, THIEF } from "../../helpers/proof-attack.ts";
import type { Example } from "../../helpers/proof-example.ts";
import { type FoldAtBeta, forge } from "../../helpers/proof-forge.ts";
import { solveLinear } from "../../helpers/proof-linear.ts";
import { acceptedByMutant, type Transcript } from "../../helpers/proof-transcript.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/**
 * h2 is not in β: v and the mask are chosen when β is known. Freivalds' equations are linear in v, one for each trace, and
 * whatever is left wrong at β is absorbed by the column that no equation looks at, or by the mask.
 */
const MUTANT: Partial<Transcript> = { beta: (input) => drawBeta({ ...input, h2: 0n }) };

/** v in which every trace's equation holds for the stolen scores: as many entries change as there are traces. */
function foldForThief({ traces }: Example, { alpha, folded }: FoldAtBeta): bigint[] {
  const stolen = pow(alpha, BigInt(THIEF));
  const sketches = traces.map(({ u }) => Array.from(u, BigInt));
  const missing = sketches.map((u) =>
    mod(stolen - u.reduce((sum, entry, j) => sum + entry * folded[j]!, 0n)),
  );
  const change = solveLinear(
    sketches.map((u) => u.slice(0, traces.length).map(mod)),
    missing,
  );
  return folded.map((value, j) => mod(value + (change[j] ?? 0n)));
}

let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

async function steal(
  foldAfterBeta: (drawn: FoldAtBeta) => Pick<FoldAtBeta, "folded" | "mask">,
): Promise<void> {
  const { tools, example, verifiers } = scene;
  const scores = stolenScores(example);
  const { settlement } = await forge(tools, example, { transcript: MUTANT, scores, foldAfterBeta });
  assert.ok(settlement.claim.payouts.every((pay, position) => pay > 0n === (position === THIEF)));
  assert.ok(acceptedByMutant(settlement, verifiers.key, MUTANT), "the mutant pays the thief everything");
  await assertRefused(verifiers, settlement);
}

test("v chosen after β, its error hidden in the blinding column", async () => {
  await steal((drawn) => {
    const folded = foldForThief(scene.example, drawn);
    const last = folded.length - 1;
    const error = evaluate(drawn.folded, drawn.beta) - evaluate(folded, drawn.beta);
    folded[last] = mod(folded[last]! + error * inverse(pow(drawn.beta, BigInt(last))));
    return { folded, mask: drawn.mask };
  });
});

test("the mask chosen after β, to hide v's error", async () => {
  await steal((drawn) => {
    const folded = foldForThief(scene.example, drawn);
    const error = evaluate(folded, drawn.beta) - evaluate(drawn.folded, drawn.beta);
    const factor = mod(pow(drawn.beta, BigInt(folded.length)) - drawn.alpha);
    return { folded, mask: [mod(drawn.mask[0] + error * inverse(factor)), drawn.mask[1]] };
  });
});
