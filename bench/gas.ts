/**
 * Measures what the contracts' transactions cost (bench/gas.json) and where a settlement's gas goes, for every tier and for
 * several batches at once (bench/settlement-gas.json). A test compares with both.
 */
import { writeFile } from "node:fs/promises";
import { measureGas } from "../test/helpers/gas.ts";
import { GAS_KINDS } from "../test/helpers/gas-trace.ts";
import { measureSettlements } from "../test/helpers/settlement-gas.ts";

const write = (name: string, value: unknown) =>
  writeFile(new URL(name, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);

const gas = await measureGas();
await write("gas.json", gas);
process.stdout.write(`${JSON.stringify(gas, null, 2)}\n\n`);

const settlements = await measureSettlements();
await write("settlement-gas.json", settlements);
const rows = [
  ["tier, positions, batches", ...settlements.map((s) => `${s.tier} ${s.positions} ×${s.batches}`)],
  ...GAS_KINDS.map((kind) => [kind, ...settlements.map(({ breakdown }) => String(breakdown[kind]))]),
  ["all", ...settlements.map((s) => String(s.gas))],
  ["a batch", ...settlements.map(({ perBatch }) => String(perBatch))],
  ["less calldata and evaluation", ...settlements.map(({ fixed }) => String(fixed))],
  ["the same, a batch", ...settlements.map((s) => String(Math.round(s.fixed / s.batches)))],
];
for (const [name, ...cells] of rows) {
  process.stdout.write(`${name!.padEnd(30)}${cells.map((cell) => cell.padStart(14)).join("")}\n`);
}
