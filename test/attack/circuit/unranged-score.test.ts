import assert from "node:assert/strict";
import { it } from "node:test";
import { mod, R } from "../../../src/crypto/field.ts";
import { settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts } from "../../helpers/mutants.ts";
import { caseOf, hash, openRange, ordinary, ordinaryEarning } from "./attack-case.ts";

const patches = openRange("lib/signed_range.circom", "component range");

it("scores out of range keep h1, satisfy Freivalds and give one position the whole pool", async () => {
  const earning = [[0n, 0n, 0n, 3n], ordinaryEarning[1]!];
  const { score, h1, alpha } = settlementInput(hash, ordinary, { earning });
  // d changes neither the packed element, Σ 2^(20c)·d_c = 0, nor the fold, Σ α^c·d_c = 0: the cross product of the two.
  const d = [2n ** 20n * alpha ** 2n - 2n ** 40n * alpha, 2n ** 40n - alpha ** 2n, alpha - 2n ** 20n, 0n];
  const at = (factor: bigint) => score[0]!.map((s, c) => mod(s + factor * d[c]!));
  const negative = (x: bigint) => x > R / 2n;
  let factor = 1n;
  while (!at(factor).slice(0, 3).every(negative)) factor++;
  const input = settlementInput(hash, ordinary, { earning, score: [at(factor), score[1]!] });
  assert.equal(input.h1, h1);
  assert.equal(input.alpha, alpha);
  await assertOnlyMutantAccepts({ patches, input, refusedBy: "scores.row[0].range[" });
});

it("a score of 20 bits", () =>
  assertOnlyMutantAccepts({
    patches,
    input: settlementInput(
      hash,
      caseOf(
        [1_000_000n, 2_000_000n],
        [
          [2n, 0n, 0n],
          [0n, 1n, 0n],
        ],
        [
          [2n ** 18n, 0n, 0n],
          [0n, 2n, 0n],
          [0n, 0n, 0n],
          [0n, 0n, 0n],
        ],
      ),
    ),
    refusedBy: "scores.row[0].range[0]",
  }));
