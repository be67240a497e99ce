import { it } from "node:test";
import { commitmentsOf, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

it("one trace fills two slots, where its number need not be n0 + q", async () => {
  const slots = ordinary.slots.map(() => ordinary.slots[0]!);
  const first = commitmentsOf(hash, ordinary)[0]!;
  await assertOnlyMutantAccepts({
    patches: [replaced("settlement/settlement.circom", "trace[q].slot <== q;", "trace[q].slot <-- 0;")],
    input: settlementInput(hash, { ...ordinary, slots }, { commitments: [first, first] }),
    refusedBy: "trace[1].slot",
  });
});
