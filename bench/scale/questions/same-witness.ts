import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import { TIERS, type TierName } from "../../../src/params/tiers.ts";
import { artifactPaths } from "../../../src/proof/keys.ts";
import { snarkjsBackend } from "../../../src/proof/snarkjs-backend.ts";
import { drawCase } from "../../../test/helpers/circuit-case.ts";
import { settlementInput } from "../../../test/helpers/circuit-reference.ts";
import { measureInChild, measureProgram } from "../child.ts";
import type { Groth16Task, Groth16Times } from "../groth16-child.ts";
import { type Sample, sample } from "../statistics.ts";

/** Groth16 alone: the same key and the same witness for each program. */
export interface SameWitness {
  readonly tier: TierName;
  readonly program: string;
  readonly milliseconds: Sample;
  readonly peakBytes: number | undefined;
}

interface Files {
  readonly zkey: string;
  readonly wtns: string;
  readonly folder: string;
}

async function withWitness<T>(tier: TierName, use: (files: Files) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-bench-"));
  try {
    const { wasm, zkey } = artifactPaths(tier);
    const input = settlementInput(await loadHashChain(), drawCase(TIERS[tier], `bench ${tier}`));
    const wtns = join(folder, "witness.wtns");
    await writeFile(wtns, await snarkjsBackend.witness(wasm, { ...input }));
    return await use({ zkey, wtns, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ofBackend(backend: string, tier: TierName, files: Files, runs: number): Promise<SameWitness> {
  const once = tier === "large" && backend === "snarkjs";
  const { zkey, wtns } = files;
  const task: Groth16Task = { backend, zkey, wtns, runs: once ? 1 : runs + 1 };
  const { milliseconds, peakBytes } = await measureInChild<Groth16Times>("groth16-child", task);
  const warm = milliseconds.length > 1 ? milliseconds.slice(1) : milliseconds;
  return { tier, program: backend, milliseconds: sample(warm), peakBytes };
}

/** A program with no library of its own is timed from start to end: it reads its key each time. */
async function ofProgram(program: string, tier: TierName, files: Files, runs: number): Promise<SameWitness> {
  const milliseconds: number[] = [];
  const out = [join(files.folder, "proof.json"), join(files.folder, "public.json")];
  for (let run = 0; run <= runs; run++) {
    const begun = performance.now();
    await measureProgram("sh", ["-c", '"$@" >&2 && echo 0', "sh", program, files.zkey, files.wtns, ...out]);
    milliseconds.push(performance.now() - begun);
  }
  return { tier, program: "rapidsnark", milliseconds: sample(milliseconds.slice(1)), peakBytes: undefined };
}

/** @param rapidsnark the C++ prover's command line program, where somebody has it */
export async function measureSameWitness(
  tier: TierName,
  backends: readonly string[],
  runs: number,
  rapidsnark: string | undefined,
): Promise<SameWitness[]> {
  return withWitness(tier, async (files) => {
    const results: SameWitness[] = [];
    for (const backend of backends) results.push(await ofBackend(backend, tier, files, runs));
    if (rapidsnark !== undefined) results.push(await ofProgram(rapidsnark, tier, files, runs));
    return results;
  });
}
