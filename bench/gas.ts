/**
 * Measures what the contracts' transactions cost at today's and the next fork's prices (bench/gas.json) and where a settlement's
 * gas goes, for every tier and for several batches at once (bench/settlement-gas.json), and how large the contracts are
 * (bench/code-sizes.json). A test compares with all; docs/gas.md has the tables (`npm run generate`).
 *
 * With `--geth PATH` it measures the same on a real node, for bench/gas-geth.json: Hardhat's Amsterdam has the price of new
 * state, but not the other prices of that fork. Build it with `go install github.com/ethereum/go-ethereum/cmd/geth@v1.17.10`.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startChain } from "../test/helpers/chain.ts";
import { codeSizes } from "../test/helpers/code-sizes.ts";
import { measureForks } from "../test/helpers/gas.ts";
import { GAS_KINDS } from "../test/helpers/gas-trace.ts";
import { measureSettlements } from "../test/helpers/settlement-gas.ts";
import { startGethChain } from "./geth/chain.ts";

const { geth } = parseArgs({ options: { geth: { type: "string" } } }).values;

const write = (name: string, value: unknown) =>
  writeFile(new URL(name, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);

function print(rows: readonly (readonly string[])[]): void {
  for (const [name, ...cells] of rows) {
    process.stdout.write(`${name!.padEnd(30)}${cells.map((cell) => cell.padStart(18)).join("")}\n`);
  }
  process.stdout.write("\n");
}

const gas = await measureForks((fork) => startChain(31337, fork));
await write("gas.json", gas);
await write("code-sizes.json", await codeSizes());
const columns = [gas.osaka, gas.amsterdam];
if (geth !== undefined) {
  const real = await measureForks((fork) => startGethChain(geth, fork));
  await write("gas-geth.json", real);
  columns.push(real.osaka, real.amsterdam);
}
print([
  ["", "osaka", "amsterdam", ...(geth === undefined ? [] : ["geth osaka", "geth amsterdam"])],
  ...Object.keys(gas.osaka).map((name) => [name, ...columns.map((column) => String(column[name]))]),
]);

const settlements = await measureSettlements();
await write("settlement-gas.json", settlements);
print([
  ["tier, positions, batches", ...settlements.map((s) => `${s.tier} ${s.positions} ×${s.batches}`)],
  ...GAS_KINDS.map((kind) => [kind, ...settlements.map(({ breakdown }) => String(breakdown[kind]))]),
  ["all", ...settlements.map((s) => String(s.gas))],
  ["a batch", ...settlements.map(({ perBatch }) => String(perBatch))],
  ["less calldata and evaluation", ...settlements.map(({ fixed }) => String(fixed))],
  ["the same, a batch", ...settlements.map((s) => String(Math.round(s.fixed / s.batches)))],
]);
