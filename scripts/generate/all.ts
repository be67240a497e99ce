/** Writes every machine-written file. `npm run check` fails where one differs from what this would write. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { generatedFiles } from "./files.ts";

for (const [path, text] of await generatedFiles()) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  process.stdout.write(`generated ${path}\n`);
}
