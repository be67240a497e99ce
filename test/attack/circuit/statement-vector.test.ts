import { describe, it } from "node:test";
import { commitmentsOf, packForms, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

const honest = settlementInput(hash, ordinary);
const one = {
  indexId: [honest.indexId],
  n0: [honest.n0],
  alpha: [honest.alpha],
  h1: [honest.h1],
  unattributed: [honest.unattributed],
  pool: honest.pool,
  trace: commitmentsOf(hash, ordinary),
  pay: honest.pay,
};

/** Each entry of D, and the line that puts it there. */
const ENTRIES: readonly (readonly [name: keyof typeof one, place: string, value: string])[] = [
  ["indexId", "0", "indexId"],
  ["n0", "1", "n0"],
  ["alpha", "2", "alpha"],
  ["h1", "3", "h1"],
  ["unattributed", "4", "unattributed"],
  ["pool", "5 + q", "pool[q]"],
  ["trace", "5 + Q + q", "trace[q]"],
  ["pay", "5 + 2 * Q + c", "pay[c]"],
];

describe("the contract's statement differs from the circuit's in an entry that D leaves out", () => {
  for (const [name, place, value] of ENTRIES) {
    it(name, () => {
      const told = { ...one, [name]: one[name].map((x) => x + 1n) };
      return assertOnlyMutantAccepts({
        patches: [
          replaced(
            "settlement/statement.circom",
            `horner.in[${place}] <== ${value};`,
            `horner.in[${place}] <-- ${value} + 1;`,
          ),
        ],
        input: settlementInput(hash, ordinary, {
          statement: [
            ...[told.indexId, told.n0, told.alpha, told.h1, told.unattributed].flat(),
            ...packForms("amount", told.pool),
            ...told.trace,
            ...packForms("amount", told.pay),
          ],
        }),
        refusedBy: "statement.horner.in[",
      });
    });
  }
});
