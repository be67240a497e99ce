import { it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

it("a negative score earns, where its magnitude need not be its absolute value", () =>
  assertOnlyMutantAccepts({
    patches: [
      replaced("lib/signed_range.circom", "    (in - magnitude) * (in + magnitude) === 0;\n"),
      replaced("lib/signed_range.circom", "in < 0 ? -in : in;", "in < 0 ? 100 - in : in;"),
    ],
    input: settlementInput(hash, ordinary, {
      earning: [
        [30n, 60n, 50n, 3n],
        [10n, 20n, 50n, 2n],
      ],
    }),
    refusedBy: ".range[2]",
  }));
