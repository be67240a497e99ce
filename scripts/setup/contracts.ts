import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What says how they are compiled, and by what. */
const SETTINGS = ["hardhat.config.ts", "scripts/setup/solidity.ts", "package-lock.json"];
const STAMP = `${ROOT}.cache/contracts.stamp`;

async function inputsDigest(): Promise<string> {
  const hash = createHash("sha256");
  const files: string[] = [];
  for await (const file of glob("contracts/**/*.sol", { cwd: ROOT })) files.push(file);
  for (const file of [...files.sort(), ...SETTINGS]) {
    hash.update(`${file}\0`).update(await readFile(ROOT + file));
  }
  return hash.digest("hex");
}

/** Builds the contracts into artifacts/hardhat, unless nothing they depend on has changed since the last build. */
export async function setupContracts(onProgress: (message: string) => void = () => {}): Promise<void> {
  const digest = await inputsDigest();
  const stamp = await readFile(STAMP, "utf8").catch(() => "");
  if (stamp === digest && existsSync(`${ROOT}artifacts/hardhat`)) return;
  onProgress("contracts: compiling");
  const hardhat = fileURLToPath(new URL("cli.js", import.meta.resolve("hardhat")));
  await promisify(execFile)(process.execPath, [hardhat, "build"], { cwd: ROOT, maxBuffer: 2 ** 26 });
  await mkdir(`${ROOT}.cache`, { recursive: true });
  await writeFile(STAMP, digest);
}
