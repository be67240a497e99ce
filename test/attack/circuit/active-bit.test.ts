import { it } from "node:test";
import { inverse, mod } from "../../../src/crypto/field.ts";
import { commitmentsOf, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts, replaced } from "../../helpers/mutants.ts";
import { hash, ordinary } from "./attack-case.ts";

it("a slot's active flag that is no bit opens the committed t with another sketch", async () => {
  const committed = commitmentsOf(hash, ordinary);
  const slots = ordinary.slots.map((slot, q) => (q === 0 ? { ...slot, u: [-3n, 0n, 0n] } : slot));
  const false0 = commitmentsOf(hash, { ...ordinary, slots })[0]!;
  const active = [mod(committed[0]! * inverse(false0)), 1n];
  await assertOnlyMutantAccepts({
    patches: [replaced("settlement/trace.circom", "    active * (active - 1) === 0;\n")],
    input: settlementInput(hash, { ...ordinary, slots }, { active, trace: committed }),
    refusedBy: "trace[0].active",
  });
});
