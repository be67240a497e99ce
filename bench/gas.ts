/** Measures what the contracts' transactions cost and writes it to bench/gas.json, which a test compares with. */
import { writeFile } from "node:fs/promises";
import { measureGas } from "../test/helpers/gas.ts";

const gas = await measureGas();
await writeFile(new URL("gas.json", import.meta.url), `${JSON.stringify(gas, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(gas, null, 2)}\n`);
