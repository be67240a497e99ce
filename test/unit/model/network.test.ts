import assert from "node:assert/strict";
import { test } from "node:test";
import { networkOf, parameterTensors } from "../../../src/model/network/adapted.ts";
import { importNetwork } from "../../../src/model/network/import.ts";
import { openBase } from "../../../src/model/session.ts";
import type { Base } from "../../../src/model/types.ts";
import { erf } from "../../../src/numeric/network/erf.ts";
import { differentiate, runNetwork, type Values } from "../../../src/numeric/network/run.ts";
import { baseOf, CASES, caseInput, randomPairs } from "../../helpers/network-bases.ts";

/** The two inputs of a case as a batch: rows must not see one another. */
const rows = [caseInput(1), caseInput(2)];
const batch = { dims: [2, 12], values: Float64Array.from([...rows[0]!, ...rows[1]!]) };
const labels = [1, 2];

const parametersOf = (adapter: ReturnType<typeof randomPairs>): Values =>
  new Map(
    [...parameterTensors(adapter)].map(([name, { dims, values }]) => [
      name,
      { dims, values: Float64Array.from(values) },
    ]),
  );

for (const [name, one] of Object.entries(CASES)) {
  test(`${name}: the base in float64 is ONNX Runtime's`, async () => {
    const base = baseOf(one);
    const network = importNetwork(base);
    const out = runNetwork(network, new Map([["x", batch]])).get(network.output)!;
    const open = await openBase(base);
    const expected = await Promise.all(rows.map((row) => open.hidden(row)));
    await open.close();
    assert.deepEqual(out.dims, [2, base.output.width]);
    expected
      .flatMap((row) => Array.from(row))
      .forEach((value, i) => {
        assert.ok(
          Math.abs(value - out.values[i]!) < 2e-6 * (1 + Math.abs(value)),
          `${value}, ${out.values[i]}`,
        );
      });
  });

  test(`${name}: gradients are those of finite differences`, () => {
    const base = baseOf(one);
    const adapter = randomPairs(base, 3);
    const network = networkOf(adapter, base);
    const parameters = parametersOf(adapter);
    const softmax = () => {
      const values = runNetwork(network, new Map([...parameters, ["x", batch]]));
      const logits = values.get(network.output)!;
      const p = logits.values.slice();
      let loss = 0;
      labels.forEach((label, i) => {
        const row = p.subarray(3 * i, 3 * i + 3);
        const sum = row.reduce((total, x) => total + Math.exp(x), 0);
        loss += Math.log(sum) - row[label]!;
        for (let c = 0; c < 3; c++) row[c] = Math.exp(row[c]!) / sum - (c === label ? 1 : 0);
      });
      return { values, loss, delta: { dims: logits.dims, values: p } };
    };
    const { values, delta } = softmax();
    const gradients = differentiate(network, values, delta);
    for (const [parameter, { values: at }] of parameters) {
      const gradient = gradients.get(parameter)!.values;
      assert.equal(gradient.length, at.length);
      for (let j = 0; j < at.length; j += 1 + Math.floor(at.length / 12)) {
        const own = at[j]!;
        const lossAt = (x: number): number => {
          at[j] = x;
          return softmax().loss;
        };
        const difference = (lossAt(own + 1e-6) - lossAt(own - 1e-6)) / 2e-6;
        at[j] = own;
        assert.ok(
          Math.abs(difference - gradient[j]!) < 1e-7,
          `${parameter}[${j}]: ${difference}, ${gradient[j]}`,
        );
      }
    }
  });
}

test("erf at values of the tables (Abramowitz and Stegun, table 7.1)", () => {
  assert.ok(Math.abs(erf(0.5) - 0.520499877813046) < 1e-14);
  assert.ok(Math.abs(erf(-2) + 0.995322265018953) < 1e-14);
  assert.equal(erf(0), 0);
  assert.equal(erf(7), 1);
});

const refused = (base: Base, code: string, details: RegExp): void => {
  assert.throws(
    () => networkOf(randomPairs(base, 1), base),
    (error: { code?: string; details?: string }) => error.code === code && details.test(error.details ?? ""),
  );
};

test("an operator that is not known, or mixes rows, is refused by its node's name", () => {
  const unknown = baseOf({ nodes: [{ op: "Reciprocal", inputs: ["y"], output: "out" }] });
  refused(unknown, "TRB_MODEL_OPERATOR", /node out \(Reciprocal\)/);
  const mixing = baseOf({
    nodes: [{ op: "ReduceMean", inputs: ["y"], output: "out", attributes: { axes: [0] } }],
  });
  refused(mixing, "TRB_MODEL_OPERATOR", /node out \(ReduceMean\): the batch/);
  const swapped = baseOf({
    nodes: [{ op: "Transpose", inputs: ["y"], output: "out", attributes: { perm: [1, 0] } }],
  });
  refused(swapped, "TRB_MODEL_OPERATOR", /dimension 0/);
  refused(baseOf({ ...CASES.Tanh!, opset: 11 }), "TRB_MODEL_OPERATOR", /11/);
});
