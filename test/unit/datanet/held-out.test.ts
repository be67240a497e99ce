import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitHeldOut } from "../../../src/datanet/held-out.ts";

const NAMES = ["b", "c", "a"];
const labels = fc.array(fc.nat(2), { maxLength: 60 }).map((list) => Uint32Array.from(list));
const fraction = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true });

test("a split takes ⌊fraction · n⌋ of each label", () => {
  fc.assert(
    fc.property(labels, fraction, fc.nat(), (all, part, seed) => {
      const out = splitHeldOut(all, NAMES, part, seed);
      assert.equal(out.length, all.length);
      for (const label of NAMES.keys()) {
        const count = all.filter((one) => one === label).length;
        const held = all.filter((one, i) => one === label && out[i] === 1).length;
        assert.equal(held, Math.floor(part * count));
        assert.ok(count === 0 || held < count);
      }
      assert.deepEqual(splitHeldOut(all, NAMES, part, seed), out);
    }),
  );
});

test("the seed decides which rows, and how the labels are numbered does not", () => {
  const all = Uint32Array.from({ length: 50 }, (_, i) => i % 3);
  const out = splitHeldOut(all, NAMES, 0.3, 1);
  assert.notDeepEqual(splitHeldOut(all, NAMES, 0.3, 2), out);
  const renumbered = all.map((label) => [2, 0, 1][label]!);
  assert.deepEqual(splitHeldOut(renumbered, ["c", "a", "b"], 0.3, 1), out);
});

test("a seed's split is the same on every machine", () => {
  const all = Uint32Array.from({ length: 24 }, (_, i) => i % 3);
  assert.equal(splitHeldOut(all, NAMES, 0.4, 5).join(""), "101100000010010100011001");
});
