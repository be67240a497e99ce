import { describe, it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

describe("chosen when β is known, because h2 leaves it out", () => {
  const attacks = [
    {
      name: "the fold v: any v with the right value at β would pass",
      place: "5 + Q + j",
      value: "v[j]",
      hashed: { v: [0n, 0n, 0n, 0n] },
    },
    {
      name: "the mask: it absorbs any difference",
      place: "5 + Q + w",
      value: "mask[0]",
      hashed: { mask: [0n, ordinary.mask[1]] },
    },
    {
      name: "the slope of the mask",
      place: "6 + Q + w",
      value: "mask[1]",
      hashed: { mask: [ordinary.mask[0], 0n] },
    },
    { name: "U as the circuit has it", place: "4", value: "unattributed", hashed: { unattributed: 7n } },
  ] as const;
  for (const { name, place, value, hashed } of attacks) {
    it(name, () => {
      const { h2 } = settlementInput(hash, ordinary, hashed);
      const instead = "unattributed" in hashed ? "7" : "0";
      return assertOnlyMutantAccepts({
        patches: [
          replaced(
            "settlement/fold.circom",
            `hash.in[${place}] <== ${value};`,
            `hash.in[${place}] <-- ${instead};`,
          ),
        ],
        input: settlementInput(hash, ordinary, { h2 }),
        refusedBy: "fold.hash.in[",
      });
    });
  }

  it("all of it: h2 is no hash", () =>
    assertOnlyMutantAccepts({
      patches: [replaced("settlement/settlement.circom", "    fold.h2 === h2;\n")],
      input: settlementInput(hash, ordinary, { h2: 12345n }),
      refusedBy: "h2",
    }));
});
