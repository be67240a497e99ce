import assert from "node:assert/strict";
import { it } from "node:test";
import { commitmentsOf, settlementInput } from "../../helpers/circuit-reference.ts";
import { assertOnlyMutantAccepts } from "../../helpers/mutants.ts";
import { hash, openRange, ordinary } from "./attack-case.ts";

it("a sketch entry out of its byte opens the committed t with another sketch", async () => {
  // One more in the second place of the packed element, or 256 more in the first, are the same element.
  const slots = ordinary.slots.map((slot, q) => (q === 0 ? { ...slot, u: [3n + 256n, -1n, 0n] } : slot));
  assert.deepEqual(commitmentsOf(hash, { ...ordinary, slots }), commitmentsOf(hash, ordinary));
  await assertOnlyMutantAccepts({
    patches: openRange("settlement/trace.circom", "uRange[j]"),
    input: settlementInput(hash, { ...ordinary, slots }),
    refusedBy: "trace[0].uRange[0]",
  });
});
