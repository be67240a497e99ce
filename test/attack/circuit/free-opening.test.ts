import { describe, it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

describe("the value of the opening is free", () => {
  const honest = settlementInput(hash, ordinary);
  const attacks = [
    ["y itself", "settlement/settlement.circom", "    opening.y === y;\n", "", "y"],
    [
      "the mask's term",
      "settlement/opening.circom",
      "masked <== (mask[0] + slope) * (powers.power[log2(w)] - alpha);",
      "masked <-- (mask[0] + slope) * (powers.power[log2(w)] - alpha) - 1;",
      "opening",
    ],
    [
      "the value of the fold",
      "lib/horner.circom",
      "    out <== partial[0];",
      "    out <-- partial[0] + (rows == 1 ? 1 : 0);",
      "opening.fold",
    ],
  ] as const;
  for (const [name, file, line, instead, refusedBy] of attacks) {
    it(name, () =>
      assertOnlyMutantAccepts({
        patches: [replaced(file, line, instead)],
        input: settlementInput(hash, ordinary, { y: honest.y + 1n }),
        refusedBy,
      }),
    );
  }
});
