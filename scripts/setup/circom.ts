import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { TributaryError } from "../../src/core/errors.ts";

/** The repository's root: circom runs here, for its wasm build sees only the folders above and below the current one. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where includes that are not relative are looked up. */
const LIBRARY = join(ROOT, "node_modules");

/**
 * O1 removes aliases and constants only. The templates make no other linear constraints to speak of, so O2 would save a handful
 * and cost time and memory: docs/decisions/001-circuit-size.md.
 */
export type Optimisation = "O0" | "O1" | "O2";

const readSource = (path: string): Promise<string> =>
  readFile(path, "utf8").catch((cause) => {
    throw new TributaryError("TRB_SETUP_CIRCOM", "a circuit's source is missing", { cause, details: path });
  });

async function collect(path: string, found: Map<string, string>): Promise<void> {
  if (found.has(path)) return;
  const text = await readSource(path);
  found.set(path, text);
  for (const [, name] of text.matchAll(/^include "([^"]+)";/gm)) {
    const beside = join(dirname(path), name!);
    await readFile(beside).then(
      () => collect(beside, found),
      () => collect(join(LIBRARY, name!), found),
    );
  }
}

/** The compiler's own version, "2.2.3". */
export async function circomVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [compiler(), "--version"], { cwd: ROOT });
  return stdout.match(/circom compiler ([\d.]+)/)?.[1] ?? "unknown";
}

const compiler = (): string => fileURLToPath(import.meta.resolve("circom2/cli.js"));

/** SHA-256 over a circuit's text and everything that it includes, the compiler's package and the flags. */
export async function circuitDigest(main: string, optimisation: Optimisation): Promise<string> {
  const sources = new Map<string, string>();
  await collect(isAbsolute(main) ? main : join(ROOT, main), sources);
  const hash = createHash("sha256").update(optimisation);
  hash.update(await readFile(join(LIBRARY, "circom2/package.json")));
  for (const [path, text] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${basename(path)}\0${text.length}\0`).update(text);
  }
  return hash.digest("hex");
}

/** The files that a compilation writes. */
export interface CompiledCircuit {
  readonly r1cs: string;
  readonly wasm: string;
  readonly sym: string;
}

/**
 * Compiles a main circuit into `folder`, whole or not at all: the files appear under their names when all of them are written.
 *
 * @param main path of the circuit, at or below the repository's root
 * @param folder where name.r1cs, name.wasm and name.sym go
 * @throws TRB_SETUP_CIRCOM with the compiler's message
 */
export async function compileCircuit(
  main: string,
  folder: string,
  name: string,
  optimisation: Optimisation,
): Promise<CompiledCircuit> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, ".building-"));
  try {
    const source = isAbsolute(main) ? main : join(ROOT, main);
    const flags = ["--r1cs", "--wasm", "--sym", `--${optimisation}`, "-l", LIBRARY, "-o", work];
    await promisify(execFile)(process.execPath, [compiler(), source, ...flags], {
      cwd: ROOT,
      maxBuffer: 2 ** 26,
    }).catch((cause: Error & { stdout?: string; stderr?: string }) => {
      throw new TributaryError("TRB_SETUP_CIRCOM", "a circuit does not compile", {
        cause,
        details: `${source}\n${cause.stdout ?? ""}${cause.stderr ?? ""}`,
      });
    });
    const built = basename(source, ".circom");
    const files: CompiledCircuit = {
      r1cs: join(folder, `${name}.r1cs`),
      wasm: join(folder, `${name}.wasm`),
      sym: join(folder, `${name}.sym`),
    };
    await rename(join(work, `${built}_js`, `${built}.wasm`), files.wasm);
    await rename(join(work, `${built}.sym`), files.sym);
    await rename(join(work, `${built}.r1cs`), files.r1cs);
    return files;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
