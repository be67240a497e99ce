import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { startChain } from "../helpers/chain.ts";
import { type CodeSizes, codeSizes } from "../helpers/code-sizes.ts";
import { type GasByFork, measureForks } from "../helpers/gas.ts";
import { measureSettlements, type SettlementGas } from "../helpers/settlement-gas.ts";

const recorded = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(new URL(`../../bench/${name}`, import.meta.url), "utf8"));

it("costs what bench/gas.json says; a change is measured again with `node bench/gas.ts`", async () => {
  const measured = await measureForks((fork) => startChain(31337, fork));
  assert.deepEqual(measured, await recorded<GasByFork>("gas.json"));
});

it("is as large as bench/code-sizes.json says", async () => {
  assert.deepEqual(await codeSizes(), await recorded<CodeSizes>("code-sizes.json"));
});

it("a settlement's gas goes where bench/settlement-gas.json says, for every tier and number of batches", async () => {
  const measured = await measureSettlements();
  assert.deepEqual(measured, await recorded<SettlementGas[]>("settlement-gas.json"));
  for (const { breakdown } of measured) assert.equal(breakdown.refund, 0, "the trace adds up to the receipt");
});

it("settles below 350,000 gas less calldata and evaluation, and claims below 200,000", async () => {
  for (const { batches, fixed } of await recorded<SettlementGas[]>("settlement-gas.json")) {
    assert.ok(fixed / batches <= 350_000);
  }
  const { osaka: gas } = await recorded<GasByFork>("gas.json");
  for (const name of ["claim", "claim, first"]) assert.ok(gas[name]! <= 200_000);
});
