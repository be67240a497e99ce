import assert from "node:assert/strict";
import { test } from "node:test";
import { compressMetric } from "../../../src/attribution/compress.ts";
import { datainf } from "../../../src/attribution/methods/datainf.ts";
import { METHODS } from "../../../src/attribution/methods/registry.ts";
import { METHOD_NAMES, type MethodName } from "../../../src/attribution/methods/types.ts";
import { ROW_GRADIENTS, type RowGradient } from "../../../src/attribution/objective.ts";
import { rowLengths, rowWeights } from "../../../src/attribution/row-weights.ts";
import { familyOf } from "../../../src/model/family.ts";
import { seededRandom } from "../../../src/numeric/random.ts";
import { pearson } from "../../../src/numeric/statistics.ts";
import { attributeRows } from "../../../src/operations/attribution/attribute.ts";
import { fitMethod } from "../../../src/operations/attribution/fit.ts";
import { DEFAULT_METHOD, type MethodOptions } from "../../../src/operations/attribution/options.ts";
import { sketchRows } from "../../../src/sketch/apply.ts";
import { toyModel } from "../../helpers/toy-model.ts";

const K = 63;
const { activations, labels, adapter, gradients, base } = await toyModel();
await base.close();
const rows = labels.length;
const classes = adapter.labels.length;
const inputs = activations.width + 1;
const size = inputs * classes;
const training = { adapters: [adapter], activations, labels };
const owners = Uint32Array.from({ length: rows }, (_, i) => (7 * i) % 12);
const ridge = adapter.report.ridge;

/** The whole gradient of row i at its label c, entry (class, input): δ ⊗ [h; 1]. */
function wholeGradient(i: number, deltas: Float64Array): Float64Array {
  const x = new Float64Array(inputs);
  x[inputs - 1] = 1;
  for (let e = activations.offsets[i]!; e < activations.offsets[i + 1]!; e++)
    x[activations.columns[e]!] = activations.values[e]!;
  return Float64Array.from(
    { length: size },
    (_, at) => deltas[i * classes + Math.floor(at / inputs)]! * x[at % inputs]!,
  );
}

const wholeGradients = (at: Uint32Array): Float64Array[] => {
  const [{ deltas }] = familyOf("linear").layerGradients(adapter, activations, at) as [typeof gradients];
  return Array.from({ length: rows }, (_, i) => wholeGradient(i, deltas));
};
const own = wholeGradients(labels);
const probabilities = familyOf("linear").logProbabilities(adapter, activations).map(Math.exp);

/** A⁻¹ by Gauss and Jordan. */
function inverse(matrix: number[][]): number[][] {
  const n = matrix.length;
  const a = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => Number(i === j))]);
  for (let p = 0; p < n; p++) {
    const pivot = a.findIndex(
      (row, i) => i >= p && Math.abs(row[p]!) === Math.max(...a.slice(p).map((r) => Math.abs(r[p]!))),
    );
    [a[p], a[pivot]] = [a[pivot]!, a[p]!];
    const scale = a[p]![p]!;
    a[p] = a[p]!.map((x) => x / scale);
    for (let i = 0; i < n; i++) {
      const factor = a[i]![p]!;
      if (i !== p) a[i] = a[i]!.map((x, j) => x - factor * a[p]![j]!);
    }
  }
  return a.map((row) => row.slice(n));
}

const square = (n: number, make: (i: number, j: number) => number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => make(i, j)));
const moment = (vectors: readonly Float64Array[], weights?: readonly number[]): number[][] => {
  const n = vectors[0]!.length;
  const result = square(n, () => 0);
  vectors.forEach((g, r) => {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) result[i]![j]! += ((weights?.[r] ?? 1) * g[i]! * g[j]!) / vectors.length;
  });
  return result;
};
const ridged = (matrix: number[][]): number[][] =>
  matrix.map((row, i) => row.map((x, j) => x + (i === j ? ridge : 0)));
const bilinear = (a: Float64Array, matrix: number[][], b: Float64Array): number => {
  let sum = 0;
  matrix.forEach((row, i) => {
    row.forEach((x, j) => {
      sum += a[i]! * x * b[j]!;
    });
  });
  return sum;
};

/** The softmax head's Hessian, written down entry by entry: E[(p_c·[c = d] − p_c p_d)·x_j x_l]. */
function hessian(): number[][] {
  const result = square(size, () => 0);
  const ones = new Float64Array(rows * classes).fill(1);
  for (let i = 0; i < rows; i++) {
    const x = wholeGradient(i, ones).subarray(0, inputs);
    const p = probabilities.subarray(i * classes, (i + 1) * classes);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const [c, d] = [Math.floor(a / inputs), Math.floor(b / inputs)];
        const weight = (c === d ? p[c]! : 0) - p[c]! * p[d]!;
        result[a]![b]! += (weight * x[a % inputs]! * x[b % inputs]!) / rows;
      }
    }
  }
  return result;
}

/** ḡ. */
const mean = own[0]!.map((_, j) => own.reduce((sum, g) => sum + g[j]!, 0) / rows);

const doubt = (i: number): number => 1 - probabilities[i * classes + labels[i]!]!;

/** M of methods that do not depend on the columns that they work in, for whole gradients. */
const REFERENCES: Partial<Record<MethodName, () => number[][]>> = {
  influence: () => inverse(ridged(hessian())),
  fisher: () => inverse(ridged(moment(own))),
  dot: () => square(size, (i, j) => Number(i === j)),
  cosine: () => square(size, (i, j) => Number(i === j)),
  trak: () => inverse(ridged(moment(own.map((g, i) => g.map((x) => x / doubt(i)))))),
};

/** Scores of all rows for the gradients of some rows as requests, as the product makes them. */
function scores(
  options: Partial<MethodOptions>,
  requests: readonly number[],
  k = K,
  owned = owners,
): number[][] {
  const fitted = fitMethod(training, owned, k, { ...DEFAULT_METHOD, ...options });
  const { phi } = attributeRows(training, owned, 12, fitted);
  const u = sketchRows([[gradients]], fitted.sketch);
  return requests.map((q) =>
    Array.from({ length: rows }, (_, i) => {
      let sum = 0;
      for (let m = 0; m < k; m++) sum += u[q * k + m]! * phi[i * k + m]!;
      return sum;
    }),
  );
}

for (const [name, reference] of Object.entries(REFERENCES) as [MethodName, () => number[][]][]) {
  const norm = (g: Float64Array): number => Math.sqrt(g.reduce((sum, x) => sum + x * x, 0));
  const factor = (g: Float64Array): number => (name === "cosine" ? 1 / norm(g) : 1);
  const others = (i: number): number => owners.filter((owner) => owner !== owners[i]).length;
  const forms: Record<RowGradient, (matrix: number[][]) => number[]> = {
    loss: (matrix) => own.map((g) => bilinear(own[7]!, matrix, g) * factor(g)),
    objective: (matrix) =>
      own.map((g, i) => {
        const share = g.map((x, j) => x - mean[j]!);
        return (bilinear(own[7]!, matrix, share) * factor(share) * rows) / others(i);
      }),
  };
  for (const gradient of ROW_GRADIENTS) {
    test(`${name}, ${gradient}: where k suffices, scores are those of the formula in all parameters`, () => {
      // PCA of 39 directions keeps everything, also for TRAK, whose random columns would not.
      const [found] = scores({ name, gradient, order: 1, init: "pca" }, [7]);
      const expected = forms[gradient](reference());
      const largest = Math.max(...expected.map(Math.abs));
      expected.forEach((score, i) => {
        assert.ok(Math.abs(found![i]! - score) < 1e-4 * largest, `row ${i}: ${found![i]}, exactly ${score}`);
      });
    });
  }
}

test("DataInf's closed form is the mean of the explicit inverses, layer by layer", () => {
  const random = seededRandom(2);
  const columns = 5;
  const g = Float64Array.from({ length: 12 * columns }, () => random.normal());
  const layers = [
    { from: 0, to: 2 },
    { from: 2, to: 5 },
  ];
  const matrix = datainf.metric({
    columns,
    training: g,
    doubts: new Float64Array(12),
    layers,
    members: [{ from: 0, to: 5 }],
    curvature: () => assert.fail("DataInf needs no curvature"),
    ridge: 1,
  });
  for (const { from, to } of layers) {
    const parts = Array.from({ length: 12 }, (_, i) => g.subarray(i * columns + from, i * columns + to));
    const damping =
      (0.1 * parts.reduce((sum, part) => sum + part.reduce((s, x) => s + x * x, 0), 0)) / (12 * (to - from));
    const inverses = parts.map((part) =>
      inverse(square(to - from, (i, j) => part[i]! * part[j]! + (i === j ? damping : 0))),
    );
    for (let i = from; i < to; i++) {
      for (let j = 0; j < columns; j++) {
        const inside = j >= from && j < to;
        const mean = inside ? inverses.reduce((sum, one) => sum + one[i - from]![j - from]!, 0) / 12 : 0;
        assert.ok(Math.abs(matrix[i * columns + j]! - mean) < 1e-10, `${i}, ${j}`);
      }
    }
  }
});

test("every method scores a row's own gradient above 0: positive helps", () => {
  for (const name of METHOD_NAMES) {
    const picked = [3, 50, 210];
    scores({ name }, picked).forEach((row, at) => {
      assert.ok(row[picked[at]!]! > 0, `${name}: ${row[picked[at]!]}`);
    });
    assert.equal(METHODS[name].name, name);
  }
});

/** log p of each row's own label, as the model trained without some rows gives it. */
function retrained(isLeftOut: (row: number) => boolean): number[] {
  const family = familyOf("linear");
  const data = { activations, labels, names: adapter.labels, base: adapter.base, datanet: adapter.datanet };
  const without = family.fit(data, {
    rows: Uint32Array.from(labels.keys()).filter((i) => !isLeftOut(i)),
    seed: 1,
    ridge,
    start: adapter,
    tolerance: 1e-12,
  });
  const logs = family.logProbabilities(without, activations);
  return Array.from(labels, (label, i) => logs[i * classes + label]!);
}

test("influence predicts what leaving a row out does", () => {
  const request = 7;
  const likelihood = (without?: number): number => retrained((i) => i === without)[request]!;
  const all = likelihood();
  const [predicted] = scores({}, [request]);
  // The rows of most influence, since float32 parameters hide the rest.
  const order = Array.from(labels.keys()).sort((a, b) => Math.abs(predicted![b]!) - Math.abs(predicted![a]!));
  for (const i of order.filter((row) => row !== request).slice(0, 8)) {
    const lost = all - likelihood(i);
    const expected = predicted![i]! / rows;
    assert.ok(lost / expected > 0.7 && lost / expected < 1.4, `row ${i}: ${lost}, predicted ${expected}`);
  }
});

test("what leaving a contributor out does is said by the objective's gradient, best without the contributor's curvature, and not by the loss's", () => {
  const all = retrained(() => false);
  const requests = [...labels.keys()].filter((i) => i % 10 === 0);
  // Of twelve contributors the first has most rows and the last has few: of equal ones both forms say the same.
  const unequal = Uint32Array.from({ length: rows }, (_, i) =>
    Math.floor(12 * (((7 * i) % rows) / rows) ** 2),
  );
  const lost = Array.from({ length: 12 }, (_, c) => retrained((i) => unequal[i] === c)).map((logs) =>
    requests.map((q) => all[q]! - logs[q]!),
  );
  const agreement = (options: Partial<MethodOptions>): number => {
    const predicted = scores({ ...options, init: "pca" }, requests, K, unequal).map((row) =>
      sumsOf(row, unequal),
    );
    return requests.reduce(
      (sum, _, at) =>
        sum +
        pearson(
          Float64Array.from(predicted[at]!),
          Float64Array.from(lost, (each) => each[at]!),
        ) /
          requests.length,
      0,
    );
  };
  const second = agreement({});
  const objective = agreement({ order: 1 });
  const loss = agreement({ gradient: "loss" });
  assert.ok(second > 0.993, `${second}`);
  assert.ok(objective > 0.985 && objective < 0.992, `${objective}`);
  assert.ok(loss < 0.97, `${loss}`);
});

test("scores of all contributors together are 0: what one gains by an answer another one loses", () => {
  for (const request of [7, 70]) {
    const ofLoss = scores({ gradient: "loss", init: "pca" }, [request])[0]!;
    const shares = scores({ order: 1, init: "pca" }, [request])[0]!.map(
      (score, i) => (score * owners.filter((owner) => owner !== owners[i]).length) / rows,
    );
    const size = shares.reduce((sum, score) => sum + Math.abs(score), 0);
    assert.ok(Math.abs(shares.reduce((sum, score) => sum + score, 0)) < 1e-5 * size);
    assert.ok(Math.abs(ofLoss.reduce((sum, score) => sum + score, 0)) > 1e-2 * size);
  }
});

/** Scores of every row, for every row as a request at its own label, at k columns. */
const scoresAt = (k: number, positionShare: number): number[][] =>
  scores({ positionShare }, [...labels.keys()], k);

/** Of each position, the sum of its rows' scores. */
function sumsOf(ofRows: readonly number[], owned: Uint32Array): number[] {
  const sums = new Array<number>(12).fill(0);
  owned.forEach((owner, i) => {
    sums[owner]! += ofRows[i]!;
  });
  return sums;
}

/** ‖found − exact‖²/‖exact‖² over all requests. */
function relativeError(
  found: readonly number[][],
  exact: readonly number[][],
  of: (scores: readonly number[]) => readonly number[],
): number {
  let [wrong, size] = [0, 0];
  found.forEach((scoresOfRequest, q) => {
    const expected = of(exact[q]!);
    of(scoresOfRequest).forEach((x, c) => {
      wrong += (x - expected[c]!) ** 2;
      size += expected[c]! ** 2;
    });
  });
  return wrong / size;
}

test("fewer columns keep the most of the score, and say how much", () => {
  const whole = fitMethod(training, owners, K, DEFAULT_METHOD).record;
  const narrow = fitMethod(training, owners, 8, DEFAULT_METHOD).record;
  assert.ok(whole.kept > 1 - 1e-9 && whole.rank === 39, `${whole.kept}, ${whole.rank}`);
  assert.ok(narrow.kept > 0.3 && narrow.kept < 0.99 && narrow.rank === 8, `${narrow.kept}`);
});

test("compression finds the plane that requests lie in", () => {
  const random = seededRandom(5);
  const columns = 6;
  const vectors = (count: number, free: number): Float64Array =>
    Float64Array.from({ length: count * columns }, (_, at) => (at % columns < free ? random.normal() : 0));
  const metric = Float64Array.from({ length: columns * columns }, (_, at) =>
    at % (columns + 1) === 0 ? 1 + at : 0,
  );
  const requests = vectors(40, 2);
  const { query, row, rank, kept } = compressMetric({
    columns,
    metric,
    training: vectors(100, columns),
    positions: vectors(3, columns),
    positionShare: 0.5,
    requests,
    width: 4,
    seed: 1,
  });
  assert.equal(rank, 2);
  assert.ok(kept > 1 - 1e-9);
  const g = vectors(1, columns);
  for (let q = 0; q < 5; q++) {
    const request = requests.subarray(q * columns, (q + 1) * columns);
    let exact = 0;
    for (let m = 0; m < columns; m++) exact += request[m]! * metric[m * columns + m]! * g[m]!;
    let found = 0;
    for (let r = 0; r < rank; r++) {
      let left = 0;
      let right = 0;
      for (let m = 0; m < columns; m++) {
        left += query[r * columns + m]! * request[m]!;
        right += row[r * columns + m]! * g[m]!;
      }
      found += left * right;
    }
    assert.ok(Math.abs(found - exact) < 1e-6 * Math.abs(exact) + 1e-9, `${found}, exactly ${exact}`);
  }
});

test("columns are chosen for what positions get in sum, for single rows, or for both, as is asked", () => {
  const error = (positionShare: number): { positions: number; rows: number } => {
    const approximated = scoresAt(12, positionShare);
    const exact = scoresAt(K, positionShare);
    return {
      positions: relativeError(approximated, exact, (q) => sumsOf(q, owners)),
      rows: relativeError(approximated, exact, (q) => q),
    };
  };
  const [ofRows, ofBoth, ofPositions] = [error(0), error(0.5), error(1)];
  // Twelve positions: twelve columns hold their sums for every request, and no more of the rows than must be.
  assert.ok(ofPositions.positions < 1e-3, `${ofPositions.positions}`);
  assert.ok(ofRows.positions > 0.05, `${ofRows.positions}`);
  assert.ok(ofBoth.positions < ofRows.positions && ofBoth.positions > ofPositions.positions);
  assert.ok(ofRows.rows < ofBoth.rows && ofBoth.rows < ofPositions.rows);
});

test("columns that are chosen from a sample of the rows are chosen for the sample's own positions", () => {
  const exact = scoresAt(K, 1);
  const found = scores({ positionShare: 1, fitRows: 200 }, [...labels.keys()], 12);
  const error = relativeError(found, exact, (q) => sumsOf(q, owners));
  assert.ok(error < 0.35, `${error}`);
});

test("no column of requests or of rows is much larger than another, so that none decides the step of all", () => {
  const k = 16;
  const fitted = fitMethod(training, owners, k, DEFAULT_METHOD);
  const { phi } = attributeRows(training, owners, 12, fitted);
  for (const side of [sketchRows([[gradients]], fitted.sketch), phi]) {
    const squares = new Float64Array(k);
    for (let at = 0; at < side.length; at++) squares[at % k]! += side[at]! ** 2;
    assert.ok(Math.max(...squares) < 4 * Math.min(...squares), String(squares));
  }
});

test("an ensemble's scores are the sum of its models' scores", () => {
  const family = familyOf("linear");
  const data = { activations, labels, names: adapter.labels, base: adapter.base, datanet: adapter.datanet };
  const half = family.fit(data, { rows: Uint32Array.from({ length: 150 }, (_, i) => 2 * i), seed: 1, ridge });
  const product = (adapters: (typeof adapter)[]): number[] => {
    const both = { adapters, activations, labels };
    const fitted = fitMethod(both, owners, 2 * K, { ...DEFAULT_METHOD, order: 1 });
    const { phi } = attributeRows(both, owners, 12, fitted);
    const members = adapters.map((one) => family.layerGradients(one, activations, labels));
    const u = sketchRows(members, fitted.sketch);
    return Array.from({ length: rows }, (_, i) => {
      let sum = 0;
      for (let m = 0; m < 2 * K; m++) sum += u[7 * 2 * K + m]! * phi[i * 2 * K + m]!;
      return sum;
    });
  };
  const [one, other, together] = [
    product([adapter]),
    product([half as typeof adapter]),
    product([adapter, half as typeof adapter]),
  ];
  const largest = Math.max(...together.map(Math.abs));
  together.forEach((score, i) => {
    assert.ok(
      Math.abs(score - one[i]! - other[i]!) < 1e-3 * largest,
      `row ${i}: ${score}, ${one[i]! + other[i]!}`,
    );
  });
});

test("a cap shortens the longest rows to one length; RelatIF weighs by the row's influence on itself", () => {
  const phi = Float64Array.of(3, 4, 0, 1, 0.6, 0.8, 6, 8);
  const lengths = rowLengths(phi, phi, 2);
  assert.deepEqual(
    Array.from(rowWeights(lengths, lengths, { normalise: "none", rowCap: 75 })),
    [1, 1, 1, 0.5],
  );
  assert.deepEqual(
    Array.from(rowWeights(lengths, lengths, { normalise: "none", rowCap: 100 })),
    [1, 1, 1, 1],
  );
  const relatif = Array.from(rowWeights(lengths, lengths, { normalise: "relatif", rowCap: 100 }));
  assert.deepEqual(relatif, [0.2, 1, 1, 0.1]);
});
