import { it } from "node:test";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

const otherScores = [
  [0n, 0n, 0n, 1n],
  [0n, 0n, 0n, 1n],
];

it("h1 is not the hash of the scores, so they can be chosen when α is known", () =>
  assertOnlyMutantAccepts({
    patches: [replaced("settlement/settlement.circom", "    scores.h1 === h1;\n")],
    input: settlementInput(hash, ordinary, {
      h1: settlementInput(hash, ordinary, { score: otherScores }).h1,
    }),
    refusedBy: "h1",
  }));

it("h1 hashes other scores than those that are paid", () =>
  assertOnlyMutantAccepts({
    patches: [
      replaced(
        "settlement/scores.circom",
        "hash.in[q * C + c] <== score[q][c];",
        "hash.in[q * C + c] <-- c == 3 ? 1 : 0;",
      ),
    ],
    input: settlementInput(hash, ordinary, {
      h1: settlementInput(hash, ordinary, { score: otherScores }).h1,
    }),
    refusedBy: "scores.",
  }));
