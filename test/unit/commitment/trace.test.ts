import assert from "node:assert/strict";
import { test } from "node:test";
import { commitTrace } from "../../../src/commitment/trace.ts";
import { R } from "../../../src/crypto/field.ts";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import { noiseTraces } from "../../helpers/batch.ts";

const hash = await loadHashChain();
const trace = noiseTraces("mini", 2)[1]!;

test("t changes with everything it commits to, and not with the fee", () => {
  const u = Int8Array.from(trace.u);
  u[62]! ^= 1;
  const others = [
    { ...trace, indexId: 4n },
    { ...trace, io: 1n },
    { ...trace, number: 1n },
    { ...trace, pool: 1n },
    { ...trace, blind: 1n },
    { ...trace, u },
  ];
  const values = [trace, ...others].map((one) => commitTrace(one, hash));
  assert.equal(new Set(values).size, values.length);
  assert.equal(commitTrace({ ...trace, fee: 1n }, hash), values[0]);
});

test("refuses a blind that is not a field element", () => {
  assert.throws(() => commitTrace({ ...trace, blind: R }, hash), { code: "TRB_CORE_RANGE" });
});
