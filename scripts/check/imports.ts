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
];

/** What lies below the stations, and what each may import besides itself. */
const GROUND: Readonly<Record<string, readonly string[]>> = {
  core: [],
  generated: ["core"],
  params: ["core"],
  files: ["core", "params"],
  crypto: ["core", "params", "files"],
  numeric: ["core", "params"],
  protocol: ["core", "generated", "params", "files", "crypto"],
};

/** What composes stations, and the composing rooms that each may import. */
const COMPOSING: Readonly<Record<string, readonly string[]>> = {
  workspace: [],
  evaluation: ["workspace", "operations"],
  operations: ["workspace", "evaluation"],
  report: [],
  cli: ["workspace", "evaluation", "operations", "report"],
};

/** Rooms of which another one may have the types, though it may not run their code. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  operations: ["report"],
  report: ["evaluation", "operations"],
};

/** Heavy dependencies and the only places under src that may load them. */
const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^onnxruntime-node$/, /^src\/((model|trace)\/|numeric\/onnx\/device\.ts$)/],
  [/^(onnx-proto$|protobufjs(\/|$))/, /^src\/numeric\/onnx\//],
  [/^snarkjs$/, /^src\/proof\/[^/]+\.ts$/],
  // What loads compiled code by its path: the native prover.
  [/^node:module$/, /^src\/(proof\/native-addon|cli\/bin)\.ts$/],
  [/^viem(\/|$)/, /^src\/(settlement|claim|operations|workspace|cli)\//],
  [/^hardhat(\/|$)/, /^src\/cli\//],
  [/^commander$/, /^src\/cli\//],
];

export interface Import {
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

const roomOf = (path: string): string => path.match(/^src\/([^/]+)\//)?.[1] ?? path;

/** Whether `here` may import `there`, and whether only its types. */
function allowed(here: string, there: string): "values" | "types" | "nothing" {
  if (here === there) return "values";
  const below = GROUND[here];
  if (below !== undefined) return below.includes(there) ? "values" : "nothing";
  if (there in GROUND) return "values";

  const [place, target] = [STATIONS.indexOf(here), STATIONS.indexOf(there)];
  if (place >= 0) return target >= 0 && target < place ? "types" : "nothing";
  if (COMPOSING[here] === undefined) return "nothing";
  // A page shows what others made; it computes nothing of it.
  if (target >= 0) return here === "report" ? "types" : "values";
  if (COMPOSING[here].includes(there)) return "values";
  return SHAPES[here]?.includes(there) ? "types" : "nothing";
}

/** What is wrong with one import, or undefined. */
export function violation({ from, to, typeOnly }: Import): string | undefined {
  const owner = OWNERS.find(([name]) => name.test(to));
  if (owner !== undefined && !typeOnly && !owner[1].test(from))
    return `${from}: ${to} belongs to ${owner[1].source}`;
  if (!to.startsWith(".")) return undefined;

  const target = normalize(join(dirname(from), to));
  if (target.startsWith("prover/"))
    return `${from}: the library never imports the prover's server (${target})`;
  if (!target.startsWith("src/")) return undefined;
  const [here, there] = [roomOf(from), roomOf(target)];
  if (here === "verification" && there === "proof") return `${from}: the verifier never imports the prover`;
  const may = allowed(here, there);
  if (may === "nothing") return `${from}: ${here} does not import ${target}`;
  // A schema is a type that can be checked.
  const shape = typeOnly || target.endsWith("/schema.ts");
  if (may === "types" && !shape) return `${from}: ${here} imports only the types of ${target}`;
  return undefined;
}

/** Files that reach themselves by their imports, types included: one line for each circle. */
export function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const place = path.indexOf(file);
    if (place >= 0) found.push(`a circle of files: ${[...path.slice(place), file].join(" → ")}`);
    if (place >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of imports.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of imports.keys()) visit(file);
  return found;
}

/** Imports under src that break a rule of the house (docs/decisions/000-layout.md). */
export async function importViolations(): Promise<string[]> {
  const problems: string[] = [];
  const graph = new Map<string, string[]>();
  for await (const path of glob("src/**/*.ts")) {
    const imports = await importsOf(path);
    const targets = imports.filter(({ to }) => to.startsWith("."));
    graph.set(
      path,
      targets.map(({ to }) => normalize(join(dirname(path), to))),
    );
    problems.push(...imports.map(violation).filter((problem) => problem !== undefined));
  }
  return [...problems, ...circles(graph)].sort();
}
