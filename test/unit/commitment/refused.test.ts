import assert from "node:assert/strict";
import { after, test } from "node:test";
import { commitIndex } from "../../../src/commitment/index-commitment.ts";
import { R } from "../../../src/crypto/field.ts";
import { scalarBytes } from "../../../src/crypto/kzg/commit.ts";
import { noiseIndex } from "../../helpers/batch.ts";
import { openTestSrs } from "../../helpers/srs.ts";

const { srs, close } = await openTestSrs("mini");
after(close);
const index = noiseIndex("mini", 12);

test("an index of another shape, or with an entry of −128, is not committed to", async () => {
  const code = "TRB_COMMITMENT_INDEX_SHAPE";
  await assert.rejects(commitIndex({ ...index, positions: 15 }, srs), { code });
  await assert.rejects(commitIndex({ ...index, width: 62 }, srs), { code });
  const phi = index.phi.with(5, -128);
  await assert.rejects(commitIndex({ ...index, phi }, srs), { code: "TRB_COMMITMENT_PHI_RANGE" });
});

test("a coefficient that is no field element has no bytes", () => {
  for (const value of [-1n, R]) assert.throws(() => scalarBytes([value]), { code: "TRB_CORE_RANGE" });
  assert.equal(scalarBytes([0n, R - 1n]).length, 64);
});
