import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { select } from "../../../src/numeric/select.ts";

test("the number at a rank is that of the sorted list", () => {
  const list = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 4 })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(list, fc.nat(), (numbers, at) => {
      const rank = at % numbers.length;
      const sorted = [...numbers].sort((a, b) => a - b);
      assert.equal(select(Float64Array.from(numbers), rank) + 0, sorted[rank]! + 0);
    }),
  );
});
