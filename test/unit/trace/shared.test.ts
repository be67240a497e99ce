import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Features } from "../../../src/datanet/types.ts";
import { withDigest } from "../../../src/model/adapter.ts";
import { familyOf } from "../../../src/model/family.ts";
import { adaptedNetwork } from "../../../src/model/network/adapted.ts";
import { openBase } from "../../../src/model/session.ts";
import type { Adapter, OpenBase } from "../../../src/model/types.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { traceAgrees } from "../../../src/trace/agreement.ts";
import { openSharedSession } from "../../../src/trace/shared.ts";
import { openTracer, type TracerParts } from "../../../src/trace/tracer.ts";
import type { Inference, Tracer } from "../../../src/trace/types.ts";
import { baseOf, CASES, caseInput, randomPairs } from "../../helpers/network-bases.ts";
import { toyTexts } from "../../helpers/toy-texts.ts";
import { MOST, randomSketch } from "../../helpers/traced.ts";

const texts = await toyTexts();
const transformer = await openBase(baseOf(CASES["a small transformer"]!));
const hashed = await openBase(texts.base);
const exported = await openBase(texts.exported);
after(() => Promise.all([transformer.close(), hashed.close(), exported.close()]));

const NUMBERS = Array.from({ length: 12 }, (_, i) => caseInput(i + 1));
const TEXTS = [..."abcdefghij"].map((letter, i) => `where is my ${letter}${i} card, ${letter}?`);

/** A model with a sketch of its own: `columns` of each layer's products. */
function partsOf(
  base: OpenBase,
  adapters: TracerParts["adapters"],
  { seed = 1, columns = MOST.length, mixed = true } = {},
): TracerParts {
  const family = familyOf(adapters[0].kind, base.base);
  const row = base.inputs([base.base.preprocessing.kind === "text" ? "card" : caseInput(1)]);
  const width = family.reads === "input" ? row.width : base.base.output.width;
  const gradients = adapters.map((one) => family.layerGradients(one, { ...row, width }, Uint32Array.of(0)));
  const sketch = randomSketch(gradients, adapters, mixed, MOST.slice(0, columns), seed);
  const random = seededRandom(seed);
  const phi = Array.from({ length: 6 }, () =>
    Int8Array.from({ length: sketch.width }, () => random.integer(255) - 127),
  );
  return {
    base,
    adapters,
    adapted: (one) => adaptedNetwork(one, base.base),
    sketch,
    quantisation: { columnScales: new Float64Array(sketch.width).fill(1), minimumNorm: 1e-12 },
    score: (u) => Int32Array.from(phi, (row) => u.reduce((sum, value, m) => sum + value * row[m]!, 0)),
  };
}

const shareOf = ({ adapters, adapted, sketch }: TracerParts) =>
  openSharedSession(adapters.map(adapted), sketch);

async function answersOf(tracer: Tracer, requests: readonly Features[]): Promise<Inference[]> {
  const answers: Inference[] = [];
  for (const request of requests) answers.push(await tracer.infer(request));
  return answers;
}

/** Three models that one session does for, and requests to them. */
const SETS: Readonly<Record<string, readonly [TracerParts[], readonly Features[]]>> = {
  "low-rank pairs in a transformer": [
    [3, 4, 5].map((seed, i) =>
      partsOf(transformer, [randomPairs(transformer.base, seed)], { seed, columns: 5 - i }),
    ),
    NUMBERS,
  ],
  "low-rank pairs under hashed texts": [
    [3, 4, 5].map((seed, i) =>
      partsOf(exported, [randomPairs(exported.base, seed)], { seed, columns: 5 - i }),
    ),
    TEXTS,
  ],
  "ensembles of two perceptrons": [
    [
      partsOf(hashed, [texts.mlp, texts.other], { seed: 3 }),
      partsOf(hashed, [texts.other, texts.mlp], { seed: 4, columns: 4 }),
      partsOf(hashed, [texts.mlp, texts.mlp], { seed: 5, columns: 3 }),
    ],
    TEXTS,
  ],
};

for (const [name, [models, requests]] of Object.entries(SETS)) {
  test(`${name}: one session gives what the models' own sessions give`, async () => {
    const shared = await shareOf(models[0]!);
    let differing = 0;
    for (const parts of models) {
      const [own, other] = [await openTracer(parts), await openTracer({ ...parts, shared })];
      const expected = await answersOf(own, requests);
      const answers = await answersOf(other, requests);
      for (const [i, answer] of answers.entries()) {
        assert.equal(answer.label, expected[i]!.label);
        const { verdict, differing: entries } = traceAgrees(answer, expected[i]!, parts.quantisation);
        assert.notEqual(verdict, "different");
        differing += entries;
        if (verdict === "same") assert.deepEqual(answer.scores, expected[i]!.scores);
        assert.ok(answer.u.some((value) => value !== 0));

        const [a, b] = [await own.traceAt(requests[i]!, 1), await other.traceAt(requests[i]!, 1)];
        const judged = traceAgrees({ ...answer, u: b.u }, { ...expected[i]!, ...a }, parts.quantisation);
        assert.notEqual(judged.verdict, "different");
        // Of the asked label, and no other.
        assert.equal(String(a.u) === String(expected[i]!.u), answer.labelIndex === 1);
      }
      await Promise.all([own.close(), other.close()]);
    }
    // Products with constants add up in another order: one entry of these thousand may round to the other side.
    assert.ok(differing <= 1, `${differing} entries`);
    await shared.close();
  });

  test(`${name}: runs of several models at once have the bits that each has alone`, async () => {
    const shared = await shareOf(models[1]!);
    const alone: Inference[][] = [];
    for (const parts of models) {
      const tracer = await openTracer({ ...parts, shared });
      alone.push(await answersOf(tracer, requests));
      await tracer.close();
    }
    const tracers = await Promise.all(models.map((parts) => openTracer({ ...parts, shared })));
    const atOnce = await Promise.all(
      requests.flatMap((request) => tracers.map((tracer) => tracer.infer(request))),
    );
    for (const [i] of requests.entries()) {
      for (const [m] of models.entries()) {
        assert.deepEqual(atOnce[i * models.length + m], alone[m]![i]);
      }
    }
    // They are not one another's: else it would not show.
    assert.notDeepEqual(alone[0]![0]!.probabilities, alone[1]![0]!.probabilities);

    await tracers[0]!.close();
    assert.deepEqual(await tracers[1]!.infer(requests[0]!), alone[1]![0]);
    await Promise.all(tracers.slice(1).map((tracer) => tracer.close()));
    await shared.close();
  });
}

test("a model of another shape is refused", async () => {
  const pairs = randomPairs(transformer.base, 3);
  const { digest: _, ...rest } = pairs;
  const shared = await shareOf(partsOf(transformer, [pairs]));
  const refused = (parts: TracerParts): Promise<void> =>
    assert.rejects(openTracer({ ...parts, shared }), { code: "TRB_TRACE_SHAPE" });
  const changed = (change: Partial<typeof rest>): Adapter => withDigest({ ...rest, ...change });
  const half = (values: Float32Array): Float32Array => values.slice(0, values.length / 2);
  const cases: Readonly<Record<string, TracerParts["adapters"]>> = {
    rank: [
      changed({ rank: 1, pairs: pairs.pairs.map((one) => ({ ...one, a: half(one.a), b: half(one.b) })) }),
    ],
    scale: [changed({ scale: 2 })],
    targets: [changed({ pairs: pairs.pairs.slice(1) })],
    labels: [
      changed({
        labels: pairs.labels.slice(1),
        weights: pairs.weights.slice(pairs.width),
        bias: pairs.bias.slice(1),
      }),
    ],
    members: [pairs, pairs],
  };
  for (const adapters of Object.values(cases)) await refused(partsOf(transformer, adapters));
  await refused(partsOf(transformer, [pairs], { mixed: false, columns: 2 }));
  await refused(partsOf(exported, [randomPairs(exported.base, 3)]));
  await refused(partsOf(hashed, [texts.head]));
  // A base's matrices are constants of the graph: another one of the same operators and sizes would not be computed.
  const moved = adaptedNetwork(changed({ base: hashed.base.digest }), transformer.base);
  const { sketch } = partsOf(transformer, [pairs]);
  assert.throws(() => shared.of([moved], sketch), { code: "TRB_TRACE_SHAPE" });
  // Another number of columns is no other shape.
  const tracer = await openTracer({ ...partsOf(transformer, [pairs], { columns: 3 }), shared });
  await tracer.close();
  await shared.close();
});
