import { it } from "node:test";
import { interpolated, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

const { pay } = settlementInput(hash, ordinary);

it("the committed polynomial pays each position what the next one earned", () =>
  assertOnlyMutantAccepts({
    patches: [
      replaced("lib/barycentric.circom", "        quotient[i] * (x - root) === value[i];\n"),
      replaced("lib/barycentric.circom", "0 : value[i] / (x - root)", "0 : value[(i + 1) % n] / (x - root)"),
    ],
    input: settlementInput(hash, ordinary, {
      payoutValue: (beta) => interpolated([...pay.slice(1), pay[0]!], beta),
    }),
    refusedBy: "opening.payouts",
  }));

it("the payouts are at the powers of another root of unity", () =>
  assertOnlyMutantAccepts({
    patches: [
      replaced("lib/barycentric.circom", "return 5 ** ((-1) \\ n);", "return (5 ** ((-1) \\ n)) ** 3;"),
    ],
    input: settlementInput(hash, ordinary, {
      payoutValue: (beta) => interpolated([pay[0]!, pay[3]!, pay[2]!, pay[1]!], beta),
    }),
    refusedBy: "opening.payouts",
  }));
