import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { snarkjsBackend } from "../../../src/proof/snarkjs-backend.ts";
import type { Size } from "../../../test/helpers/circuit-case.ts";
import { makeKey } from "../backends.ts";
import { measureInChild } from "../child.ts";
import { naiveAt, settlementAt } from "../circuits.ts";
import type { Groth16Task, Groth16Times } from "../groth16-child.ts";
import { type Sample, sample } from "../statistics.ts";

/** One circuit at one size: what it costs to prove a full batch with it. */
export interface SizedProof {
  readonly circuit: "settlement" | "naive";
  readonly size: Size;
  readonly constraints: number;
  /** Groth16 alone, milliseconds. */
  readonly groth16: Sample;
  readonly peakBytes: number;
}

/** Compiles, makes a key, computes a witness and proves it. Compiled circuits are kept, keys are not. */
export async function proveAt(
  kind: "settlement" | "naive",
  size: Size,
  backend: string,
  runs: number,
): Promise<SizedProof> {
  const { circuit, input } = await (kind === "naive" ? naiveAt(size) : settlementAt(size));
  const folder = await mkdtemp(join(tmpdir(), "tributary-bench-"));
  try {
    const zkey = join(folder, "circuit.zkey");
    const wtns = join(folder, "witness.wtns");
    await makeKey(circuit.wasm.replace(/\.wasm$/, ".r1cs"), zkey);
    await writeFile(wtns, await snarkjsBackend.witness(circuit.wasm, input));
    const task: Groth16Task = { backend, zkey, wtns, runs: runs + 1 };
    const measured = await measureInChild<Groth16Times>("groth16-child", task);
    return {
      ...{ circuit: kind, size, constraints: circuit.constraints, peakBytes: measured.peakBytes },
      groth16: sample(measured.milliseconds.slice(1)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const BASE: Size = { traces: 4, positions: 16, width: 63 };

/** The sizes of the growth curves: tier mini with one of its three numbers changed. */
export const GROWTH: Readonly<Record<"Q" | "C" | "k", readonly Size[]>> = {
  Q: [2, 4, 8, 16, 32].map((traces) => ({ ...BASE, traces })),
  C: [8, 16, 32, 64, 128].map((positions) => ({ ...BASE, positions })),
  k: [31, 63, 127, 255].map((width) => ({ ...BASE, width })),
};
