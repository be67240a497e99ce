import { glob, readFile } from "node:fs/promises";

/** Files of the library that read JSON in another way than `parseJson`, which keeps the digits of long integers. */
export async function otherJsonReaders(): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob("src/**/*.ts")) {
    if (path === "src/core/json.ts" || !(await readFile(path, "utf8")).includes("JSON.parse(")) continue;
    found.push(`${path}: JSON is read by parseJson of src/core/json.ts`);
  }
  return found.sort();
}
