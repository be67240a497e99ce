import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { EVM_VERSION } from "../../scripts/setup/solidity.ts";
import type { Compiled } from "./chain.ts";

const require = createRequire(import.meta.url);
const ROOT = new URL("../../", import.meta.url);
const CACHE = fileURLToPath(new URL(".cache/solidity/", ROOT));
const IMPORT = /^import\s+(?:[^"']*from\s+)?["']([^"']+)["'];/gm;

const SETTINGS = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: EVM_VERSION,
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
};

/** Sources by path from the root: the file and all that it imports, with `patched` instead of what is on the disk. */
async function collect(
  entry: string,
  patched: ReadonlyMap<string, string>,
  contracts: URL,
): Promise<Map<string, string>> {
  const placeOf = (path: string): URL => {
    if (path.startsWith("contracts/")) return new URL(path, contracts);
    return new URL(path.startsWith("test/") ? path : `node_modules/${path}`, ROOT);
  };
  const sources = new Map<string, string>();
  const queue = [entry];
  for (const path of queue) {
    if (sources.has(path)) continue;
    const text = patched.get(path) ?? (await readFile(placeOf(path), "utf8"));
    sources.set(path, text);
    for (const [, target] of text.matchAll(IMPORT)) {
      queue.push(target!.startsWith(".") ? new URL(target!, `file:///${path}`).pathname.slice(1) : target!);
    }
  }
  return sources;
}

interface SolcOutput {
  readonly errors?: readonly { severity: string; formattedMessage: string }[];
  readonly contracts: Record<
    string,
    Record<string, { abi: Compiled["abi"]; evm: { bytecode: { object: string } } }>
  >;
}

function compile(sources: ReadonlyMap<string, string>, entry: string, name: string): Compiled {
  const solc = require("solc");
  const input = {
    language: "Solidity",
    sources: Object.fromEntries([...sources].map(([path, content]) => [path, { content }])),
    settings: { ...SETTINGS, outputSelection: { [entry]: { [name]: ["abi", "evm.bytecode.object"] } } },
  };
  const output: SolcOutput = JSON.parse(solc.compile(JSON.stringify(input)));
  const errors = (output.errors ?? []).filter((error) => error.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
  const { abi, evm } = output.contracts[entry]![name]!;
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}

/**
 * Compiles one contract with solc from npm and keeps the result in .cache/solidity under the
 * digest of all its sources.
 *
 * @param entry path from the repository's root
 * @param patched other texts for some paths
 * @param contracts the folder that has contracts/
 */
export async function compileSolidity(
  entry: string,
  name: string,
  patched: ReadonlyMap<string, string> = new Map(),
  contracts: URL = ROOT,
): Promise<Compiled> {
  const sources = await collect(entry, patched, contracts);
  const version: string = require("solc/package.json").version;
  const key = createHash("sha256")
    .update(JSON.stringify([version, SETTINGS, name, [...sources].sort()]))
    .digest("hex");
  const cached = `${CACHE}${name}-${key.slice(0, 32)}.json`;
  const text = await readFile(cached, "utf8").catch(() => undefined);
  if (text !== undefined) return JSON.parse(text);
  const compiled = compile(sources, entry, name);
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${cached}.${process.pid}`, JSON.stringify(compiled));
  await rename(`${cached}.${process.pid}`, cached);
  return compiled;
}
