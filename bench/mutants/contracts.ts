import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, normalize } from "node:path";
import { SOLIDITY_SETTINGS } from "../../scripts/setup/solidity.ts";
import { filesOf } from "./subjects.ts";

const require = createRequire(import.meta.url);
const IMPORT = /^import\s+(?:[^"']*from\s+)?["']([^"']+)["'];/gm;

interface Artifact {
  readonly abi: unknown;
  readonly bytecode: string;
}

type Compiled = Readonly<
  Record<string, Readonly<Record<string, { abi: unknown; evm: { bytecode: { object: string } } }>>>
>;

const targetOf = (from: string, target: string): string =>
  target.startsWith(".") ? normalize(join(dirname(from), target)) : target;

/** All sources of a copy by the names under which they are imported. */
async function sourcesOf(folder: string): Promise<Map<string, string>> {
  const queue = await filesOf(["contracts/**/*.sol"]);
  const sources = new Map<string, string>();
  for (const path of queue) {
    if (sources.has(path)) continue;
    const place = path.startsWith("contracts/") ? path : `node_modules/${path}`;
    const text = await readFile(join(folder, place), "utf8");
    sources.set(path, text);
    queue.push(...[...text.matchAll(IMPORT)].map(([, target]) => targetOf(path, target!)));
  }
  return sources;
}

/** The files that reach one by their imports, itself first. */
function dependents(sources: ReadonlyMap<string, string>, file: string): Set<string> {
  const found = new Set([file]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const [path, text] of sources) {
      if ([...text.matchAll(IMPORT)].some(([, target]) => found.has(targetOf(path, target!))))
        found.add(path);
    }
  }
  return found;
}

/**
 * Compiles what a changed file is part of, as hardhat.config.ts says, into the artifacts of a copy of the tree.
 *
 * @throws RangeError with solc's message where it does not compile
 */
export async function compileContracts(folder: string, changed: string): Promise<void> {
  const sources = await sourcesOf(folder);
  const wanted = [...dependents(sources, changed)].filter(
    (path) => path.startsWith("contracts/") && !path.startsWith("contracts/interfaces/"),
  );
  const input = {
    language: "Solidity",
    sources: Object.fromEntries([...sources].map(([path, content]) => [path, { content }])),
    settings: {
      ...SOLIDITY_SETTINGS,
      outputSelection: Object.fromEntries(wanted.map((path) => [path, { "*": ["evm.bytecode.object"] }])),
    },
  };
  const output = JSON.parse(require("solc").compile(JSON.stringify(input)));
  const error = output.errors?.find(({ severity }: { severity: string }) => severity === "error");
  if (error !== undefined) throw new RangeError(error.formattedMessage);
  for (const path of wanted) {
    for (const [name, { evm }] of Object.entries((output.contracts as Compiled)[path] ?? {})) {
      const file = join(folder, "artifacts/hardhat", path, `${name}.json`);
      const artifact: Artifact = JSON.parse(await readFile(file, "utf8"));
      await writeFile(file, JSON.stringify({ ...artifact, bytecode: `0x${evm.bytecode.object}` }));
    }
  }
}
