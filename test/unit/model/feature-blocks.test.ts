import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ActivationsBuilder, pickRows } from "../../../src/model/activations.ts";
import { transpose } from "../../../src/model/example-chunk.ts";
import { BlockRoom, FeatureBlocks } from "../../../src/model/feature-blocks.ts";

const WIDTH = 9;

/** Rows with gaps, some of them empty. */
const matrices = fc
  .array(fc.array(fc.constantFrom(0, 0, 1, 2, 3.5), { minLength: WIDTH, maxLength: WIDTH }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((rows) => {
    const builder = new ActivationsBuilder(WIDTH);
    for (const row of rows) builder.add(Float32Array.from(row));
    return builder.build();
  });

test("blocks of any size have the entries of each feature, in the order of the rows, in every pass", () => {
  fc.assert(
    fc.property(matrices, fc.integer({ min: 1, max: 300 }), fc.nat(), (h, limit, seed) => {
      const rows = Uint32Array.from({ length: h.rows }, (_, i) => i).filter((i) => (i + seed) % 3 !== 0);
      const whole = transpose(pickRows(h, rows));
      const blocks = new FeatureBlocks(h, rows, limit);
      const room = new BlockRoom();
      for (const _pass of [1, 2]) {
        let next = 0;
        for (const { first, entries } of blocks.blocks(room)) {
          assert.equal(first, next);
          for (let j = 0; j < entries.rows; j++, next++) {
            const of = ({ offsets, columns, values }: typeof whole, at: number) => [
              [...columns.subarray(offsets[at], offsets[at + 1])],
              [...values.subarray(offsets[at], offsets[at + 1])],
            ];
            assert.deepEqual(of(entries, j), of(whole, next));
          }
          // One feature alone may be larger than a block is meant to be.
          assert.ok(entries.rows === 1 || entries.offsets[entries.rows]! <= limit);
        }
        assert.equal(next, WIDTH);
      }
    }),
  );
});
