import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { SCORE_BIAS } from "../../../src/params/bits.ts";
import { TIERS } from "../../../src/params/tiers.ts";
import { quantise } from "../../../src/trace/quantise.ts";

const { positions, width } = TIERS.small;
const scoreWith = (phi: Int8Array) => (u: Int8Array) => scoreTrace(u, { phi, positions, width });
const plain = { columnScales: new Float64Array(width).fill(1), minimumNorm: 1e-9 };
/** Every entry 127: the largest scores that an index can give. */
const loudest = new Int8Array(positions * width).fill(127);

const gradient = fc
  .array(fc.float({ noNaN: true, min: -8, max: 8 }), { minLength: width, maxLength: width })
  .map((values) => Float32Array.from(values));
const indexes = fc
  .uint8Array({ minLength: positions * width, maxLength: positions * width })
  .map((bytes) => Int8Array.from(bytes, (byte) => (byte % 255) - 127));

test("integers fit their range and the scores theirs, whatever the index", () => {
  fc.assert(
    fc.property(gradient, fc.oneof(fc.constant(loudest), indexes), (x, phi) => {
      const { u, scores } = quantise(x, plain, scoreWith(phi));
      assert.deepEqual(scores, scoreWith(phi)(u));
      assert.ok(scores.every((score) => Math.abs(score) < SCORE_BIAS));
      assert.ok(u.every((value) => value >= -127));
    }),
    { numRuns: 30 },
  );
});

test("the peak is 127 where scores allow, and otherwise the largest that they allow", () => {
  const one = new Float32Array(width);
  one[3] = -0.25;
  const expected = new Int8Array(width);
  expected[3] = -127;
  assert.deepEqual(quantise(one, plain, scoreWith(loudest)).u, expected);

  // All entries alike: S = peak·127·k, so the largest peak is ⌊(2^19 − 1)/(127·k)⌋.
  const alike = new Float32Array(width).fill(3);
  const peak = Math.floor((SCORE_BIAS - 1) / (127 * width));
  assert.deepEqual(quantise(alike, plain, scoreWith(loudest)).u, new Int8Array(width).fill(peak));
});

test("a gradient's scale does not change its integers; column scales do", () => {
  const x = Float32Array.from({ length: width }, (_, m) => Math.sin(m + 1));
  const quiet = scoreWith(new Int8Array(positions * width));
  const { u } = quantise(x, plain, quiet);
  assert.deepEqual(
    quantise(
      x.map((value) => value * 2 ** -20),
      plain,
      quiet,
    ).u,
    u,
  );
  const doubled = { ...plain, columnScales: plain.columnScales.with(0, 2) };
  assert.notDeepEqual(quantise(x, doubled, quiet).u, u);
});

test("below the recorded norm a trace is zero", () => {
  const x = new Float32Array(width);
  x[0] = 1e-5;
  const quiet = scoreWith(new Int8Array(positions * width));
  assert.equal(quantise(x, { ...plain, minimumNorm: 1.1e-5 }, quiet).u[0], 0);
  assert.equal(quantise(x, { ...plain, minimumNorm: 0.9e-5 }, quiet).u[0], 127);
  assert.ok(quantise(new Float32Array(width), plain, quiet).u.every((value) => value === 0));
});

test("NaN and infinity are refused", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const x = new Float32Array(width).fill(1).with(7, bad);
    assert.throws(() => quantise(x, plain, scoreWith(loudest)), { code: "TRB_TRACE_NAN" });
  }
});
