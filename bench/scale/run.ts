/** The benchmark of the prover: `make bench`. See options.ts for what can be asked. */
import { mkdir, writeFile } from "node:fs/promises";
import { ROOT } from "../../scripts/setup/circom.ts";
import { compareBaseline, writeBaseline } from "./baseline.ts";
import { measureAll } from "./measure.ts";
import { readOptions } from "./options.ts";
import { renderPage } from "./page.ts";
import { allTables } from "./tables.ts";
import { targetsOf, targetTable } from "./targets.ts";

const options = readOptions();
if (options !== undefined) {
  const results = await measureAll(options, (line) => process.stderr.write(`bench: ${line}\n`));
  const targets = targetsOf(results);
  process.stdout.write(`${allTables(results)}\n\n${targetTable(targets)}\n`);
  const folder = `${ROOT}out/bench`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/scale.json`, `${JSON.stringify({ ...results, targets }, null, 1)}\n`);
  await writeFile(`${folder}/scale.html`, renderPage(results, targets));
  process.stdout.write("\nout/bench/scale.html has the curves, out/bench/scale.json every number.\n");
  if (options.update) await writeBaseline(results);
  const differences = await compareBaseline(results);
  for (const line of differences) process.stdout.write(`DIFFERS from what bench/ records: ${line}\n`);
  if (differences.length > 0) process.exitCode = 1;
}
