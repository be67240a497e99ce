import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { measureGas } from "../helpers/gas.ts";
import { measureSettlements, type SettlementGas } from "../helpers/settlement-gas.ts";

/** Zero bytes of calldata and timestamps move a measurement by less. */
const TOLERANCE = 0.01;

const recorded = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(new URL(`../../bench/${name}`, import.meta.url), "utf8"));

function assertClose(name: string, gas: number, expected: number) {
  const drift = Math.abs(gas - expected) / expected;
  assert.ok(drift <= TOLERANCE, `${name}: ${gas} gas, recorded ${expected}`);
}

it("costs what bench/gas.json says; a change is measured again with `node bench/gas.ts`", async () => {
  const expected = await recorded<Record<string, number>>("gas.json");
  const measured = await measureGas();
  assert.deepEqual(Object.keys(measured), Object.keys(expected));
  for (const [name, gas] of Object.entries(measured)) assertClose(name, gas, expected[name]!);
});

it("a settlement's gas goes where bench/settlement-gas.json says, for every tier and number of batches", async () => {
  const expected = await recorded<SettlementGas[]>("settlement-gas.json");
  const measured = await measureSettlements();
  assert.equal(measured.length, expected.length);
  for (const [i, { tier, batches, gas, fixed, breakdown }] of measured.entries()) {
    const name = `${tier}, ${batches} batches`;
    assertClose(name, gas, expected[i]!.gas);
    assertClose(`${name}, less calldata and evaluation`, fixed, expected[i]!.fixed);
    assert.equal(breakdown.refund, 0, "the trace adds up to the receipt");
  }
});
