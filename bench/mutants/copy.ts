import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ROOT } from "../../scripts/setup/circom.ts";
import { compileContracts } from "./contracts.ts";
import { languageOf } from "./subjects.ts";

/** What tests read of the repository and mutants change. */
const COPIED = [
  "bench",
  "circuits",
  "contracts",
  "scripts",
  "src",
  "test",
  "artifacts/hardhat",
  "artifacts/manifest.json",
];
/** What they only read. */
const LINKED = [
  "artifacts/circuits",
  "artifacts/keys",
  "package.json",
  "tsconfig.json",
  "hardhat.config.ts",
  "data",
  "prover",
];
/** circom's own WebAssembly sees no link out of the folder. The other packages would be too much to copy. */
const COPIED_PACKAGE = "circomlib";
/** Compiled things whose names are digests of their sources. */
const KEPT = ["test-circuits", "mutants", "solidity"];

/** A copy of the tree that one mutant at a time is put into. */
export interface Copy {
  readonly folder: string;
  /** Puts a text in the place of a file, and builds what tests take built. @throws where it does not compile */
  put(file: string, text: string): Promise<void>;
  /** Puts a file back, and what was built of it. */
  restore(file: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

export async function makeCopy(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-mutants-"));
  for (const path of COPIED) await cp(join(ROOT, path), join(folder, path), { recursive: true });
  for (const path of LINKED) await symlink(resolve(ROOT, path), join(folder, path));
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir(join(ROOT, "node_modules"))) {
    const [from, to] = [join(ROOT, "node_modules", name), join(folder, "node_modules", name)];
    await (name === COPIED_PACKAGE ? cp(from, to, { recursive: true }) : symlink(from, to));
  }
  // Circuits as they are: what attacks patch, while the copy's own are changed.
  await cp(join(ROOT, "circuits"), join(folder, "pristine/circuits"), { recursive: true });
  await cp(join(ROOT, "contracts"), join(folder, "pristine/contracts"), { recursive: true });
  await mkdir(join(folder, ".cache"));
  for (const path of KEPT) {
    await mkdir(join(ROOT, ".cache", path), { recursive: true });
    await cp(join(ROOT, ".cache", path), join(folder, ".cache", path), { recursive: true });
  }
  return {
    folder,
    put: async (file, text) => {
      await writeFile(join(folder, file), text);
      if (languageOf(file) === "solidity") await compileContracts(folder, file);
    },
    restore: async (file, text) => {
      await writeFile(join(folder, file), text);
      if (languageOf(file) !== "solidity") return;
      await cp(join(ROOT, "artifacts/hardhat"), join(folder, "artifacts/hardhat"), { recursive: true });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
