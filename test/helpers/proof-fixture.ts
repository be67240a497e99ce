import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createProver } from "../../src/operations/proving/prover.ts";
import { encodeBundle, parseBundle } from "../../src/protocol/bundle.ts";
import type { Settlement } from "../../src/protocol/statement.ts";
import { type Example, exampleIndex, exampleStatement, exampleTraces, RECIPIENT } from "./proof-example.ts";
import type { ProofTools } from "./proof-tools.ts";

/** Numbers of the example in the random stream; other ones are other people's indexes and traces. */
export const INDEX_SEED = 1;
export const TRACES_SEED = 2;

const CACHE = new URL("../../.cache/fixtures/", import.meta.url);

/** An honest batch of tier mini: the index, its traces and what the chain would say about it. */
export async function exampleBatch(tools: ProofTools): Promise<Example> {
  const index = exampleIndex(INDEX_SEED);
  const traces = exampleTraces(TRACES_SEED);
  return { index, traces, statement: await exampleStatement(index, traces, tools) };
}

/**
 * The product's proof of the example batch. Made once for a proving key and kept, as a bundle, since every test of an
 * attack begins with it.
 */
export async function provenExample(tools: ProofTools, example: Example): Promise<Settlement> {
  const { indexCommitment, traces } = example.statement;
  const name = `mini-${tools.keys.keyDigest.slice(2, 18)}-${(indexCommitment.x ^ traces[0]!).toString(16).slice(-16)}`;
  const path = new URL(`${name}.json`, CACHE);
  const kept = await readFile(path, "utf8").catch(() => undefined);
  if (kept !== undefined) return parseBundle(kept);
  const prover = await createProver({ tier: "mini", keys: tools.keys });
  try {
    const settlement = await prover.prove({ ...example, recipient: RECIPIENT });
    await keepWhole(path, encodeBundle(settlement));
    return settlement;
  } finally {
    await prover.close();
  }
}

/** Test files run side by side: each writes its own file, the last one stays. */
async function keepWhole(path: URL, text: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const temporary = new URL(`${path.href}.${process.pid}`);
  await writeFile(temporary, text);
  await rename(temporary, path);
}
