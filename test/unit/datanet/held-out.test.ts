import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitHeldOut } from "../../../src/datanet/held-out.ts";

const rows = fc
  .array(fc.constantFrom("a", "b", "c"), { maxLength: 60 })
  .map((labels) =>
    labels.map((label, i) => ({ features: `text ${i}`, label, contributor: "ann", line: i + 2 })),
  );
const fraction = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true });

test("a split takes ⌊fraction · n⌋ of each label and keeps every row once, in order", () => {
  fc.assert(
    fc.property(rows, fraction, fc.nat(), (all, part, seed) => {
      const { training, heldOut } = splitHeldOut(all, part, seed);
      const merged = [...training, ...heldOut].sort((a, b) => a.line - b.line);
      assert.deepEqual(merged, all);
      assert.deepEqual(
        training,
        all.filter((row) => training.includes(row)),
      );
      for (const label of ["a", "b", "c"]) {
        const count = (list: typeof all) => list.filter((row) => row.label === label).length;
        assert.equal(count(heldOut), Math.floor(part * count(all)));
        assert.ok(count(all) === 0 || count(training) > 0);
      }
      assert.deepEqual(splitHeldOut(all, part, seed), { training, heldOut });
    }),
  );
});

test("the seed decides which rows", () => {
  const all = Array.from({ length: 50 }, (_, i) => ({
    features: `${i}`,
    label: "a",
    contributor: null,
    line: i + 1,
  }));
  assert.notDeepEqual(splitHeldOut(all, 0.3, 1).heldOut, splitHeldOut(all, 0.3, 2).heldOut);
});
