import { it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

it("the first two positions' scores change places", () =>
  assertOnlyMutantAccepts({
    patches: [replaced("settlement/freivalds.circom", "        partial[g][0] * alpha === right - row[0];\n")],
    input: settlementInput(hash, ordinary, {
      score: [
        [60n, 30n, -15n, 3n],
        [10n, 20n, -5n, 2n],
      ],
    }),
    refusedBy: "freivalds",
  }));

it("the fold of the rows is multiplied with something else than the sketches", () =>
  assertOnlyMutantAccepts({
    patches: [
      replaced(
        "settlement/freivalds.circom",
        "product[g][j] <== v[j] * sketch;",
        "product[g][j] <-- 2 * v[j] * sketch;",
      ),
    ],
    input: settlementInput(hash, ordinary, {
      score: [
        [60n, 120n, -30n, 6n],
        [20n, 40n, -10n, 4n],
      ],
    }),
    refusedBy: "freivalds.product",
  }));
