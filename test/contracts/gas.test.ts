import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { measureGas } from "../helpers/gas.ts";

/** Zero bytes of calldata and timestamps move a measurement by less. */
const TOLERANCE = 0.01;

it("costs what bench/gas.json says; a change is measured again with `node bench/gas.ts`", async () => {
  const recorded: Record<string, number> = JSON.parse(
    await readFile(new URL("../../bench/gas.json", import.meta.url), "utf8"),
  );
  const measured = await measureGas();
  assert.deepEqual(Object.keys(measured), Object.keys(recorded));
  for (const [name, gas] of Object.entries(measured)) {
    const drift = Math.abs(gas - recorded[name]!) / recorded[name]!;
    assert.ok(drift <= TOLERANCE, `${name}: ${gas} gas, recorded ${recorded[name]}`);
  }
});
