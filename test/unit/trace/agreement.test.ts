import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { adaptedNetwork } from "../../../src/model/network/adapted.ts";
import { type Agreement, isTied, traceAgrees } from "../../../src/trace/agreement.ts";
import { openTracer } from "../../../src/trace/tracer.ts";
import type { Inference, Tracer } from "../../../src/trace/types.ts";
import { TOY_WIDTH, toyModel, toyPoints } from "../../helpers/toy-model.ts";

/** Before rounding: 127, 10.495, −3, 0.2, 0 at the peak 127. The first two labels are tied but for 4·10⁻⁶. */
const OWN = {
  labelIndex: 0,
  probabilities: Float32Array.of(0.400002, 0.399998, 0.2),
  gradient: Float32Array.of(12.7, 1.0495, -0.3, 0.02, 0),
  u: Int8Array.of(127, 10, -3, 0, 0),
};
const quantisation = { columnScales: new Float64Array(5).fill(10), minimumNorm: 1e-9 };
const judge = (u: readonly number[], own: typeof OWN = OWN, labelIndex = 0): Agreement =>
  traceAgrees(
    { labelIndex, probability: own.probabilities[labelIndex]!, u: Int8Array.from(u) },
    own,
    quantisation,
  );

test("the same integers are the same trace", () => {
  assert.deepEqual(judge([127, 10, -3, 0, 0]), { verdict: "same", differing: 0, distance: 0.5 });
});

test("an entry next to a half may be rounded to either side, and no other one", () => {
  const rounded = judge([127, 11, -3, 0, 0]);
  assert.deepEqual([rounded.verdict, rounded.differing], ["rounding", 1]);
  assert.ok(Math.abs(rounded.distance - 0.505) < 1e-4);
  for (const u of [
    [127, 12, -3, 0, 0],
    [127, 9, -3, 0, 0],
    [127, 10, -2, 0, 0],
    [127, 10, -3, 1, 0],
    [127, 10, 3, 0, 0],
  ]) {
    const { verdict, reason } = judge(u);
    assert.deepEqual([verdict, reason], ["different", "entry"], String(u));
  }
});

test("a trace that is cut off, or longer than the sketch, is another one", () => {
  assert.equal(judge([127, 10, -3]).reason, "length");
  assert.equal(judge([127, 10, -3, 0, 0, 0]).reason, "length");
});

test("what is no number agrees with nothing", () => {
  const served = { labelIndex: 0, probability: Number.NaN, u: OWN.u };
  assert.equal(traceAgrees(served, OWN, quantisation).reason, "probability");
  const broken = { ...OWN, gradient: OWN.gradient.with(3, Number.NaN) };
  assert.equal(judge([127, 10, -3, 1, 0], broken).reason, "entry");
});

test("a peak may be one off, with entries that fit it", () => {
  assert.equal(judge([126, 10, -3, 0, 0]).verdict, "rounding");
  assert.equal(judge([125, 10, -3, 0, 0]).reason, "peak");
  assert.equal(judge([126, 10, -3, 0, 1]).reason, "entry");
  assert.equal(judge([-127, 10, -3, 0, 0]).reason, "entry");
});

test("another label that is equally probable is compared at its own gradient, and else is a finding", () => {
  const served = { labelIndex: 1, probability: OWN.probabilities[1]!, u: Int8Array.of(-127, 30, 1, 0, 0) };
  const atServed = {
    gradient: Float32Array.of(-12.7, 2.9495, 0.1, 0, 0),
    u: Int8Array.of(-127, 29, 1, 0, 0),
  };
  const tied = (u: Int8Array) => traceAgrees({ ...served, u }, OWN, quantisation, atServed);
  assert.deepEqual(tied(atServed.u), { verdict: "same", differing: 0, distance: 0.5, tied: true });
  assert.equal(tied(served.u).verdict, "rounding");
  // Made up, or the gradient of the label that was not served.
  for (const u of [Int8Array.of(1, 2, 3, 4, 5), OWN.u]) {
    const { verdict, tied: also } = tied(u);
    assert.deepEqual([verdict, also], ["different", true]);
  }
  assert.throws(() => traceAgrees(served, OWN, quantisation), RangeError);
  const apart = { ...OWN, probabilities: Float32Array.of(0.41, 0.39, 0.2) };
  assert.equal(judge([127, 10, -3, 0, 0], apart, 1).reason, "label");
  const other = { labelIndex: 0, probability: 0.41, u: OWN.u };
  assert.equal(traceAgrees(other, OWN, quantisation).reason, "probability");
});

test("no gradient is no gradient on both sides, but next to the smallest norm", () => {
  const none = [0, 0, 0, 0, 0];
  assert.equal(judge(none).reason, "zero");
  const zero = { ...OWN, u: Int8Array.from(none) };
  assert.equal(judge(none, zero).verdict, "same");
  assert.equal(judge([127, 10, -3, 0, 0], zero).reason, "zero");
  const short = { ...zero, gradient: Float32Array.of(0.9e-10, 0, 0, 0, 0) };
  assert.equal(judge([127, 0, 0, 0, 0], short).verdict, "rounding");
});

let tracer: Tracer;
let toy: Awaited<ReturnType<typeof toyModel>>;
const answers: Inference[] = [];
const toyQuantisation = { columnScales: new Float64Array(TOY_WIDTH).fill(1), minimumNorm: 1e-9 };

before(async () => {
  toy = await toyModel();
  tracer = await openTracer({
    base: toy.base,
    adapters: [toy.adapter],
    adapted: (one) => adaptedNetwork(one, toy.base.base),
    sketch: toy.sketch,
    quantisation: toyQuantisation,
    score: () => new Int32Array(16),
  });
  for (const request of toyPoints(30, 8).points) answers.push(await tracer.infer(request));
});
after(async () => {
  await tracer.close();
  await toy.base.close();
});

test("traces of a model: each agrees with itself and with no other request's", () => {
  for (const [i, served] of answers.entries()) {
    for (const [j, own] of answers.entries()) {
      const { verdict } = traceAgrees(served, own, toyQuantisation);
      assert.equal(verdict, i === j ? "same" : "different");
    }
  }
});

test("float32 noise agrees, and an operator that moves entries by one is found", () => {
  for (const own of answers) {
    const noisy = own.gradient.map((x, m) => x * (1 + (m % 2 === 0 ? 1e-6 : -1e-6)));
    assert.notEqual(traceAgrees(own, { ...own, gradient: noisy }, toyQuantisation).verdict, "different");
    const moved = own.u.map((value, m) => (m % 20 === 0 ? value - Math.sign(value) : value));
    assert.equal(traceAgrees({ ...own, u: moved }, own, toyQuantisation).verdict, "different");
  }
});

/** A point between two requests of different labels where both are equally probable, to float32. */
async function tiedRequest(): Promise<{ request: Float64Array; other: number }> {
  const { points } = toyPoints(30, 8);
  const second = answers.findIndex(({ labelIndex }) => labelIndex !== answers[0]!.labelIndex);
  let [low, high] = [0, 1];
  const at = (share: number) => points[0]!.map((x, j) => x + share * (points[second]![j]! - x));
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    const { labelIndex } = await tracer.infer(at(middle));
    if (labelIndex === answers[0]!.labelIndex) low = middle;
    else high = middle;
  }
  const request = at(low);
  const { probabilities, labelIndex } = await tracer.infer(request);
  const rest = probabilities.map((p, c) => (c === labelIndex ? -1 : p));
  return { request, other: rest.indexOf(Math.max(...rest)) };
}

test("a request between two labels: either is served honestly, and a made-up u is found at both", async () => {
  const { request, other } = await tiedRequest();
  const own = await tracer.infer(request);
  const served = { labelIndex: other, probability: own.probabilities[other]! };
  assert.ok(isTied(served, own));
  const atOther = await tracer.traceAt(request, other);
  const judged = (u: Int8Array) => traceAgrees({ ...served, u }, own, toyQuantisation, atOther);
  assert.deepEqual([judged(atOther.u).verdict, judged(atOther.u).tied], ["same", true]);
  assert.equal(judged(own.u).verdict, "different", "the gradient of the label that was not served");
  assert.equal(judged(atOther.u.map((x) => -x)).verdict, "different");
  const again = await tracer.traceAt(request, own.labelIndex);
  assert.equal(traceAgrees(own, { ...own, ...again }, toyQuantisation).verdict, "same");
});
