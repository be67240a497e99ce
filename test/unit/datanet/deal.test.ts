import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dealRows } from "../../../src/datanet/deal.ts";
import { importDataNet } from "../../../src/datanet/import.ts";
import { fileOf } from "./files.ts";

const PINNED = [4, 1, 2, 0, 0, 0, 4, 1, 4, 0, 0, 4, 2, 1, 4, 4, 2, 3];

const rowsOf = (labels: number, each: number) =>
  Uint32Array.from({ length: labels * each }, (_, i) => i % labels);

test("every row has an owner, every contributor a row, and a seed decides all", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(6), { minLength: 1, maxLength: 80 }).map((labels) => Uint32Array.from(labels)),
      fc.nat(),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      (rows, pick, seed) => {
        const contributors = 1 + (pick % rows.length);
        const owners = dealRows(rows, contributors, seed);
        assert.equal(owners.length, rows.length);
        assert.equal(new Set(owners).size, contributors);
        assert.ok(owners.every((owner) => owner < contributors));
        assert.deepEqual(dealRows(rows, contributors, seed), owners);
      },
    ),
  );
});

test("the shares of a label have the variance of Dirichlet(1/2)", () => {
  const [labels, each, contributors] = [600, 200, 4];
  const owners = dealRows(rowsOf(labels, each), contributors, 7);
  const counts = new Float64Array(labels * contributors);
  owners.forEach((owner, i) => {
    counts[(i % labels) * contributors + owner]!++;
  });
  const mean = 1 / contributors;
  const variance = counts.reduce((sum, n) => sum + (n / each - mean) ** 2, 0) / counts.length;
  // Dirichlet-multinomial: p(1 − p)/m · (m + A)/(1 + A), with A = contributors/2 and m rows of a label.
  const expected = ((mean * (1 - mean)) / each) * ((each + contributors / 2) / (1 + contributors / 2));
  assert.ok(Math.abs(variance / expected - 1) < 0.08, `${variance} and not ${expected}`);
});

test("a seed's dealing is the same on every machine", () => {
  assert.deepEqual([...dealRows(rowsOf(3, 6), 5, 42)], PINNED);
  assert.notDeepEqual([...dealRows(rowsOf(3, 6), 5, 43)], PINNED);
});

test("dealt contributors own their positions in the order of their numbers, and the manifest tells the seed", async () => {
  const file = fileOf(`x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 4}`).join("\n")}\n`);
  const options = { name: "Test", file, columns: { features: ["x"], label: "y" }, contributors: 12, seed: 9 };
  const { datanet } = await importDataNet(options);
  assert.equal(datanet.contributors[0], "contributor-01");
  assert.equal(datanet.contributors[11], "contributor-12");
  assert.deepEqual(datanet.dealing, { method: "dirichlet-1/2-by-label", contributors: 12, seed: 9 });
  assert.equal((await importDataNet(options)).datanet.root, datanet.root);
  assert.notEqual((await importDataNet({ ...options, seed: 10 })).datanet.root, datanet.root);
});
