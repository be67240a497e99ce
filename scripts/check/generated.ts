import { readFile } from "node:fs/promises";
import { generatedFiles } from "../generate/files.ts";

/** Machine-written files whose text is not what `npm run generate` would write. */
export async function differingFiles(): Promise<string[]> {
  const problems: string[] = [];
  for (const [path, wanted] of await generatedFiles()) {
    const found = await readFile(path, "utf8").catch(() => undefined);
    if (found === undefined) problems.push(`${path} is missing: npm run generate`);
    else if (found !== wanted) problems.push(`${path} differs: npm run generate`);
  }
  return problems;
}
