import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));
export const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Largest file that the process may write, in the shell's blocks. */
  readonly fileBlocks?: number;
}

/** Starts `tributary` in a process of its own; nothing of the caller's TRIBUTARY_* variables goes with it. */
export function spawnTributary(
  args: readonly string[],
  { cwd = REPOSITORY, env = {}, fileBlocks }: CliOptions = {},
): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TRIBUTARY_"));
  const options = {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
  };
  if (fileBlocks === undefined) return spawn(process.execPath, [BIN, ...args], options);
  const limited = `ulimit -f ${fileBlocks}; exec "$0" "$@"`;
  return spawn("sh", ["-c", limited, process.execPath, BIN, ...args], options);
}

/** Runs `tributary` to its end. */
export async function tributary(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawnTributary(args, options);
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr!.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** The one JSON object that --json prints. */
export const jsonOf = ({ stdout }: CliResult): Record<string, unknown> =>
  JSON.parse(stdout) as Record<string, unknown>;

/** What `chain dev --json` prints when it is ready. */
interface Ready {
  readonly rpc: string;
  readonly goesOn: boolean;
  readonly contracts: Readonly<Record<string, string>>;
}

/** A development chain in a process of its own, until it is stopped. @param options of `chain dev` */
export async function startChain(
  dir: string,
  ...options: readonly string[]
): Promise<Ready & { stop: (signal?: NodeJS.Signals) => Promise<number | null> }> {
  const child = spawnTributary(["chain", "dev", "--port", "0", "--dir", dir, "--json", ...options]);
  let text = "";
  let errors = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const closed = once(child, "close");
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(JSON.parse(text) as Ready);
    });
    child.once("close", () => reject(new Error(`chain dev ended: ${text}${errors}`)));
  });
  return {
    ...ready,
    stop: async (signal = "SIGINT") => {
      child.kill(signal);
      const [code] = (await closed) as [number | null];
      return code;
    },
  };
}
