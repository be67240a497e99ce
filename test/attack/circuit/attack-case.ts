import { type HashChain, loadHashChain } from "../../../src/crypto/poseidon.ts";
import { drawCase } from "../../helpers/circuit-case.ts";
import type { SettlementCase } from "../../helpers/circuit-reference.ts";
import { ATTACK_SIZE, type Patch, replaced, variant } from "../../helpers/mutants.ts";

export const hash: HashChain = await loadHashChain();

/** A case of two traces whose pools, sketches and rows are given; the rest is drawn. */
export function caseOf(
  pools: readonly bigint[],
  u: readonly (readonly bigint[])[],
  rows: readonly (readonly bigint[])[],
): SettlementCase {
  const one = drawCase(ATTACK_SIZE, "attack");
  return {
    ...one,
    phi: one.phi.map((row, c) => [...rows[c]!, row.at(-1)!]),
    slots: one.slots.map((slot, q) => ({ ...slot, pool: pools[q]!, u: u[q]! })),
  };
}

/** Scores (30, 60, −15, 3) and (10, 20, −5, 2), of pools of one and two million units. */
export const ordinary: SettlementCase = caseOf(
  [1_000_000n, 2_000_000n],
  [
    [3n, 0n, 0n],
    [1n, 2n, -1n],
  ],
  [
    [10n, 0n, 0n],
    [20n, 0n, 0n],
    [-5n, 0n, 0n],
    [1n, 2n, 3n],
  ],
);

/** What the two traces' positions earn from. */
export const ordinaryEarning: readonly (readonly bigint[])[] = [
  [30n, 60n, 0n, 3n],
  [10n, 20n, 0n, 2n],
];

/** Takes the last constraint of one range check out, and leaves every other range check alone. */
export const openRange = (file: string, use: string): readonly Patch[] => [
  variant("lib/range.circom", "Range", "    rest * (rest - (1 << (n - 1))) === 0;\n", "OpenRange"),
  replaced(file, `${use} = Range(`, `${use} = OpenRange(`),
];
