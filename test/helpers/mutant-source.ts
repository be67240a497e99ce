import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mutation } from "./mutant-contract.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the sources look for beside themselves; packages are found further up. */
const BESIDE = ["artifacts", "data", "prover", "package.json"];

/** A copy of the sources with some changes. @throws Error where a text to remove is not there exactly once */
async function mutantSources(mutations: readonly Mutation[]): Promise<string> {
  const changed = new Map<string, string>();
  for (const { file, remove, insert = "" } of mutations) {
    const text = changed.get(file) ?? (await readFile(join(ROOT, file), "utf8"));
    const parts = text.split(remove);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${remove}`);
    changed.set(file, parts.join(insert));
  }
  const name = createHash("sha256")
    .update(`${process.pid}${JSON.stringify(mutations)}`)
    .digest("hex");
  const folder = join(ROOT, ".cache/mutant-sources", name.slice(0, 16));
  if (existsSync(folder)) return folder;
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await cp(join(ROOT, "src"), join(draft, "src"), { recursive: true });
  for (const beside of BESIDE) await symlink(join(ROOT, beside), join(draft, beside));
  for (const [file, text] of changed) await writeFile(join(draft, file), text);
  await rename(draft, folder);
  return folder;
}

/**
 * Imports a module of src without the check that an attack is stopped by, as `compileMutant` does for contracts: where the attack
 * succeeds there, the check, and nothing else, is what stops it. Errors of a copy are of the copy's own classes: compare codes.
 *
 * @param module its path from the repository's root
 */
export async function importMutant<Module>(module: string, ...mutations: Mutation[]): Promise<Module> {
  const folder = await mutantSources(mutations);
  process.once("exit", () => void rm(folder, { recursive: true, force: true }).catch(() => {}));
  return (await import(join(folder, module))) as Module;
}
