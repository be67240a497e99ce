import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { R } from "../../../src/crypto/field.ts";
import { pack, unpack } from "../../../src/crypto/packing.ts";
import { PACK, type PackKind } from "../../../src/params/bits.ts";
import { readVectors } from "../../helpers/vectors.ts";

const RANGE: Record<PackKind, { min: bigint; max: bigint }> = {
  u: { min: -128n, max: 127n },
  score: { min: -(2n ** 19n), max: 2n ** 19n - 1n },
  amount: { min: 0n, max: 2n ** 56n - 1n },
};

test("gives the committed vectors", () => {
  for (const { kind, values, elements } of readVectors("packing")) {
    assert.deepEqual(pack(kind, values.map(BigInt)), elements.map(BigInt));
  }
});

for (const kind of Object.keys(PACK) as PackKind[]) {
  test(`${kind}: unpack inverts pack, and every element is below the field's order`, () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(RANGE[kind]), { maxLength: 70 }), (values) => {
        const elements = pack(kind, values);
        assert.ok(elements.every((element) => element >= 0n && element < R));
        assert.deepEqual(unpack(kind, elements, values.length), values);
      }),
      { numRuns: 50 },
    );
  });

  test(`${kind}: refuses a value one past either end`, () => {
    for (const value of [RANGE[kind].min - 1n, RANGE[kind].max + 1n]) {
      assert.throws(() => pack(kind, [value]), { code: "TRB_CORE_RANGE" });
    }
  });
}

test("unpack refuses a list of another length", () => {
  assert.throws(() => unpack("u", [0n], 32), { code: "TRB_CORE_RANGE" });
});
