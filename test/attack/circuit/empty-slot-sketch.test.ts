import assert from "node:assert/strict";
import { it } from "node:test";
import { commitmentsOf, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

/**
 * Traces share Freivalds' equations. A sketch that nothing fixes before α, an empty slot's, adds Σ_j u_j·v_j to one: at
 * real widths its bytes can be solved for (a knapsack of 8k bits against 254), and make up for false scores of the others.
 */
it("an empty slot's sketch is chosen after α, where h1 has t = 0 in place of its hash", async () => {
  const emptySlot = (u: readonly bigint[]) => ({
    ...ordinary,
    slots: ordinary.slots.map((slot, q) => (q === 1 ? { ...slot, active: 0n, pool: 0n, io: 0n, u } : slot)),
  });
  const before = emptySlot([0n, 0n, 0n]);
  const after = emptySlot([0n, 3n, -2n]);
  const commitments = [commitmentsOf(hash, before)[0]!, 0n];
  const input = settlementInput(hash, after, { commitments });
  assert.equal(input.h1, settlementInput(hash, before, { commitments }).h1);
  await assertOnlyMutantAccepts({
    patches: [
      replaced(
        "settlement/settlement.circom",
        "scores.commitment[q] <== trace[q].commitment;",
        "scores.commitment[q] <== trace[q].trace;",
      ),
    ],
    input,
    refusedBy: "scores.commitment[1]",
  });
});
