import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../test/helpers/free-port.ts";
import type { Genesis } from "./genesis.ts";

/** A geth with a chain of its own. */
export interface GethNode {
  readonly rpc: string;
  /** A call of the engine's API, which a consensus client makes: it decides what the next block is. */
  readonly engine: <Result>(method: string, params: readonly unknown[]) => Promise<Result>;
  stop(): Promise<void>;
}

const START_MS = 20_000;

export async function call<Result>(
  url: string,
  method: string,
  params: readonly unknown[],
  headers: Record<string, string> = {},
): Promise<Result> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  const { result, error } = (await response.json()) as { result: Result; error?: { message: string } };
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}

/** The engine's API wants a fresh token of the node's secret with each call. */
function token(secret: Buffer): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ iat: Math.floor(Date.now() / 1000) })}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

async function untilItAnswers(url: string, process: ChildProcess, log: () => string): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(100)) {
    if (process.exitCode !== null) break;
    try {
      await call(url, "eth_chainId", []);
      return;
    } catch {
      // Not listening yet.
    }
  }
  throw new Error(`geth does not answer: ${log().slice(-2000)}`);
}

/**
 * Starts a geth from a genesis of one's own.
 *
 * @param binary path of geth; built with `go install github.com/ethereum/go-ethereum/cmd/geth@v1.17.10`
 * @param genesis undefined for that of geth's own development chain
 * @param blocks where blocks come from: each transaction makes one, or only the engine's API does
 */
export async function startGeth(
  binary: string,
  genesis: Genesis | undefined,
  blocks: "transactions" | "engine",
): Promise<GethNode> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-geth-"));
  const data = join(folder, "data");
  if (genesis !== undefined) {
    const file = join(folder, "genesis.json");
    await writeFile(file, JSON.stringify(genesis));
    const [code] = await once(spawn(binary, ["--datadir", data, "init", file], { stdio: "ignore" }), "close");
    if (code !== 0) throw new Error(`geth init ends with ${code}`);
  }
  const [http, engine] = [await freePort(), await freePort()];
  const listen = ["--http", "--http.port", http, "--authrpc.port", engine, "--port", 0, "--ipcdisable"];
  const chain = blocks === "transactions" ? ["--dev"] : ["--syncmode=full"];
  const quiet = ["--datadir", data, "--nodiscover", "--maxpeers", 0, "--nat", "none"];
  const child = spawn(binary, [...listen, ...chain, ...quiet].map(String), {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-10_000);
  });
  const rpc = `http://127.0.0.1:${http}`;
  await untilItAnswers(rpc, child, () => log);
  return {
    rpc,
    engine: async (method, params) => {
      const secret = (await readFile(join(data, "geth", "jwtsecret"), "utf8")).trim().slice(2);
      const authorization = `Bearer ${token(Buffer.from(secret, "hex"))}`;
      return call(`http://127.0.0.1:${engine}`, method, params, { authorization });
    },
    stop: async () => {
      const closed = once(child, "close");
      child.kill("SIGTERM");
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
