import assert from "node:assert/strict";
import { it } from "node:test";
import { inverse } from "../../../src/crypto/field.ts";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

it("a rate that no pool bounds pays double", () =>
  assertOnlyMutantAccepts({
    patches: [
      replaced(
        "settlement/rate.circom",
        "    rate * weight === (pool - unattributed) * (1 << SHIFT()) - remainder;\n",
      ),
    ],
    input: settlementInput(hash, ordinary, {
      rate: settlementInput(hash, ordinary).rate.map((rate) => 2n * rate),
    }),
    refusedBy: ".rate",
  }));

it("a weight that is not the sum of the positive scores pays more than the pool", async () => {
  const weights = [93n - 31n, 32n - 31n];
  const scaled = ordinary.slots.map(({ pool }) => pool << 32n);
  const input = settlementInput(hash, ordinary, {
    rate: scaled.map((x, q) => x / weights[q]!),
    remainder: scaled.map((x, q) => x % weights[q]!),
    weightInverse: weights.map(inverse),
  });
  assert.ok(input.pay.reduce((a, b) => a + b) > 3_000_000n);
  await assertOnlyMutantAccepts({
    patches: [
      replaced(
        "settlement/scores.circom",
        "weight[q] <== row[q].weight;",
        "weight[q] <-- row[q].weight - 31;",
      ),
    ],
    input,
    refusedBy: "scores.weight",
  });
});
