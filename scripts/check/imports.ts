import { glob, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/** The stations, in the order in which data flows. */
const STATIONS = [
  "datanet",
  "model",
  "sketch",
  "trace",
  "attribution",
  "commitment",
  "witness",
  "proof",
  "verification",
  "settlement",
  "claim",
] as const;

/** Heavy dependencies and the only places under src that may load them. */
const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^onnxruntime-node$/, /^src\/(model|trace)\//],
  [/^onnx-proto$/, /^src\/core\/onnx-(graph|read)\.ts$/],
  [/^snarkjs$/, /^src\/proof\/[^/]+\.ts$/],
  // What loads compiled code by its path: the native prover.
  [/^node:module$/, /^src\/(proof\/native-addon|cli\/bin)\.ts$/],
  [/^viem(\/|$)/, /^src\/(settlement|claim|pipeline|cli)\//],
  [/^hardhat(\/|$)/, /^src\/cli\//],
  [/^commander$/, /^src\/cli\//],
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\("([^"]+)"\)/g;

async function importsOf(path: string): Promise<Import[]> {
  const text = await readFile(path, "utf8");
  const found = [...text.matchAll(IMPORT)].map((match) => ({
    to: match[2]!,
    typeOnly: match[1] !== undefined,
  }));
  const dynamic = [...text.matchAll(DYNAMIC)].map((match) => ({ to: match[1]!, typeOnly: false }));
  return [...found, ...dynamic].map(({ to, typeOnly }) => ({ from: path, to, typeOnly }));
}

const stationOf = (path: string): string | undefined => path.match(/^src\/([^/]+)\//)?.[1];

function violation({ from, to, typeOnly }: Import): string | undefined {
  const owner = OWNERS.find(([name]) => name.test(to));
  if (owner !== undefined && !typeOnly && !owner[1].test(from))
    return `${from}: ${to} belongs to ${owner[1].source}`;
  if (!to.startsWith(".")) return undefined;

  const target = normalize(join(dirname(from), to));
  if (target.startsWith("prover/"))
    return `${from}: the library never imports the prover's server (${target})`;
  const here = stationOf(from);
  const there = stationOf(target);
  const place = STATIONS.indexOf(here as (typeof STATIONS)[number]);
  if (place < 0) {
    const below = here === "core" || here === "params";
    return below && there !== "core" && there !== "params" ? `${from}: ${here} imports ${target}` : undefined;
  }
  if (there === here || there === "params" || there === "core" || there === "generated") return undefined;
  const targetPlace = STATIONS.indexOf(there as (typeof STATIONS)[number]);
  if (targetPlace < 0 || targetPlace > place)
    return `${from}: a station imports only earlier ones (${target})`;
  if (!typeOnly) return `${from}: a station imports only the types of another one (${target})`;
  if (here === "verification" && there === "proof") return `${from}: the verifier never imports the prover`;
  return undefined;
}

/** Imports under src that break a rule of the house (docs/decisions/000-layout.md). */
export async function importViolations(): Promise<string[]> {
  const problems: string[] = [];
  for await (const path of glob("src/**/*.ts")) {
    for (const one of await importsOf(path)) {
      const problem = violation(one);
      if (problem !== undefined) problems.push(problem);
    }
  }
  return problems.sort();
}
