import assert from "node:assert/strict";
import { before, test } from "node:test";
import { headHessian, hessianProduct } from "../../../src/evaluation/exact/hessian.ts";
import { exactInfluence } from "../../../src/evaluation/exact/influence.ts";
import { newtonChanges } from "../../../src/evaluation/exact/newton.ts";
import { hessianSolver } from "../../../src/evaluation/exact/solve.ts";
import { gatesOf } from "../../../src/evaluation/gates.ts";
import { memoryStore } from "../../../src/evaluation/outcome-store.ts";
import { exact, firstOrder } from "../../../src/evaluation/parts/exact.ts";
import { evaluateModel } from "../../../src/evaluation/run.ts";
import { openSetup } from "../../../src/evaluation/setup.ts";
import { headOf } from "../../../src/model/adapter.ts";
import { openObjective } from "../../../src/model/objective.ts";
import { logProbabilities } from "../../../src/model/softmax.ts";
import type { LinearAdapter } from "../../../src/model/types.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { spearman } from "../../../src/numeric/statistics.ts";
import { TOY_OPTIONS, toyEvaluation } from "../../helpers/toy-evaluation.ts";

let toy: Awaited<ReturnType<typeof toyEvaluation>>;
let adapter: LinearAdapter;

before(async () => {
  toy = await toyEvaluation();
  adapter = toy.models[0] as LinearAdapter;
});

const examplesOf = (rows?: Uint32Array) => {
  const { activations, labels, names } = toy.data.training;
  return { activations, labels, classes: names.length, rows: rows ?? Uint32Array.from(labels.keys()) };
};

/** The gradient of the objective, as training sees it. */
function gradientAt(head: Float64Array, ridge: number): Float64Array {
  const gradient = new Float64Array(head.length);
  const objective = openObjective(examplesOf(), 0);
  objective.evaluate(ridge, head, gradient);
  objective.close();
  return gradient;
}

test("the Hessian is the gradient's difference quotient, as a matrix and as a product", () => {
  const head = headOf(adapter);
  const size = head.length;
  const ridge = 0.01;
  const random = seededRandom(1);
  const v = Float64Array.from({ length: size }, () => random.normal());
  const at = (step: number) =>
    gradientAt(
      head.map((x, j) => x + step * v[j]!),
      ridge,
    );
  const [ahead, behind] = [at(1e-5), at(-1e-5)];
  const lower = headHessian(examplesOf(), head);
  const product = hessianProduct(examplesOf(), head, ridge)(v);
  for (let j = 0; j < size; j++) {
    const expected = (ahead[j]! - behind[j]!) / 2e-5;
    let dense = ridge * v[j]!;
    for (let m = 0; m < size; m++) dense += lower[Math.max(j, m) * size + Math.min(j, m)]! * v[m]!;
    assert.ok(Math.abs(dense - expected) < 1e-7, `matrix at ${j}: ${dense}, by differences ${expected}`);
    assert.ok(Math.abs(product[j]! - expected) < 1e-7, `product at ${j}: ${product[j]}`);
  }
});

test("a large head is solved by conjugate gradients, to the same numbers as by its matrix", () => {
  const head = headOf(adapter);
  const random = seededRandom(2);
  const b = Float64Array.from({ length: head.length }, () => random.normal());
  const [byMatrix, bySteps] = [3000, 0].map((most) => hessianSolver(examplesOf(), head, 1e-3, most)(b));
  const length = Math.hypot(...byMatrix!);
  bySteps!.forEach((x, j) => {
    assert.ok(Math.abs(x - byMatrix![j]!) < 1e-3 * length, `${j}: ${x}, ${byMatrix![j]}`);
  });
});

const influence = () => {
  const { training, queries } = toy.data;
  return exactInfluence(adapter, training, queries.activations, queries.labels);
};

test("a row's influence is the slope of the retrained log-likelihood by the row's weight", () => {
  // Weight 1 + t on row i of the mean over N + t·1 rows: to first order the head moves by −t·H⁻¹(g_i − ḡ)/N.
  const { training, queries } = toy.data;
  const rows = training.labels.length;
  const scores = influence();
  const { ridge } = adapter.report;
  const classes = training.names.length;
  /** The minimum with a row repeated, by Newton's method from the head on. */
  const minimum = (repeated: Uint32Array): Float64Array => {
    let head = headOf(adapter);
    for (let step = 0; step < 4; step++) {
      const examples = examplesOf(repeated);
      const gradient = new Float64Array(head.length);
      const objective = openObjective(examples, 0);
      objective.evaluate(ridge, head, gradient);
      objective.close();
      const moved = hessianSolver(examples, head, ridge)(gradient);
      head = head.map((x, j) => x - moved[j]!);
    }
    return head;
  };
  // Each row twenty times, and one of them once more: a weight of 1.05.
  const twenty = Uint32Array.from({ length: 20 * rows }, (_, at) => at % rows);
  const full = logProbabilities(queries.activations, minimum(twenty), classes);
  for (const i of [3, 77, 150]) {
    const more = logProbabilities(queries.activations, minimum(Uint32Array.of(...twenty, i)), classes);
    queries.labels.forEach((label, q) => {
      const at = q * classes + label;
      const slope = (more[at]! - full[at]!) * 20 * rows;
      const score = scores[q * rows + i]!;
      assert.ok(Math.abs(slope - score) < 2e-3 + 0.02 * Math.abs(score), `${q}, ${i}: ${slope}, ${score}`);
    });
  }
});

test("the influence of all rows together is nothing, on any request", () => {
  const scores = influence();
  const rows = toy.data.training.labels.length;
  for (let q = 0; q < toy.data.queries.labels.length; q++) {
    const sum = scores.subarray(q * rows, (q + 1) * rows).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum) < 1e-9, `${q}: ${sum}`);
  }
});

test("a Newton step is nearer to retraining than influence is, and both are near", async () => {
  const options = {
    ...TOY_OPTIONS,
    parts: ["leave-one-contributor-out", "lds-contributors", "exact"] as const,
  };
  const { parts, gates } = await evaluateModel({ ...toy, options, store: memoryStore() }, () => {});
  const { parameters, influence: first, newton, contributors, rows, kept } = parts.exact!;
  assert.equal(parameters, headOf(adapter).length);
  assert.ok(first!.spearman.value > 0.95, `influence ${first!.spearman.value}`);
  assert.ok(newton!.spearman.value > first!.spearman.value, `Newton ${newton!.spearman.value}`);
  assert.ok(newton!.variation.value < first!.variation.value / 2, `Newton ${newton!.variation.value}`);
  assert.ok(newton!.sign.value > 0.98, `Newton ${newton!.sign.value}`);
  assert.ok(contributors!.value > 0.9, `LDS ${contributors!.value}`);
  assert.ok(rows.value > 0.8 && kept > 0.9, `${rows.value}, ${kept}`);
  assert.equal(gates.find(({ id }) => id === "rows-exact")!.value, rows.value);
});

test("the limit of LDS by contributors is what exact influence reaches, where that is less", () => {
  const limit = (value: number) => {
    const rows = { value };
    const gates = gatesOf(
      { exact: { parameters: 1, contributors: { value }, rows, kept: 1 } },
      { kind: "linear", members: 1 },
    );
    return gates.find(({ id }) => id === "lds-contributors")!.limit.value;
  };
  assert.deepEqual([limit(0.7), limit(0.9)], [0.7, 0.8]);
});

test("a contributor of many rows counts for more than the sum of them: others are fewer than all", () => {
  const owners = Uint32Array.of(0, 1, 1, 1, 2, 0);
  const without = { contributors: Uint32Array.of(0, 1), queries: 2, sets: [], trainings: 0 };
  const scores = firstOrder(Float64Array.of(8, 3, 7, -4, 6, 9), owners, without);
  assert.deepEqual([...scores], [8 / 4, 3 / 3, -4 / 4, 6 / 3]);
});

test("without retraining asked for, only rows are compared", async () => {
  const setup = openSetup(
    { ...toy, options: { ...TOY_OPTIONS, parts: ["exact"] }, store: memoryStore(), code: "" },
    () => {},
  );
  const result = await exact(setup);
  await setup.close();
  assert.deepEqual(Object.keys(result).sort(), ["kept", "parameters", "rows"]);
});

test("Newton's changes are the retrained ones, contributor by contributor", async () => {
  const setup = openSetup({ ...toy, options: TOY_OPTIONS, store: memoryStore(), code: "" }, () => {});
  const { contributors, sets, queries } = await setup.withoutContributors();
  const { served } = await setup.scoring(setup.width);
  await setup.close();
  const { training, owners, queries: asked } = toy.data;
  const changes = newtonChanges(adapter, training, owners, contributors, asked.activations, served);
  const { length } = contributors;
  const sum = (table: Float64Array): number => table.reduce((all, x) => all + Math.abs(x), 0);
  const apart = sum(changes.map((x, at) => x - sets[0]![at]!)) / sum(sets[0]!);
  assert.ok(apart < 0.04, `${apart} of the changes`);
  for (let q = 0; q < queries; q++) {
    const [ours, theirs] = [changes, sets[0]!].map((table) => table.subarray(q * length, (q + 1) * length));
    assert.ok(spearman(ours!, theirs!) > 0.9, `${q}: ${spearman(ours!, theirs!)}`);
  }
});
