/** One process that proves one witness under one key some times: `{ backend, zkey, wtns, runs }`, milliseconds each. */
import { readFile } from "node:fs/promises";
import { openCurve } from "../../src/crypto/kzg/curve.ts";
import { backendNamed } from "./backends.ts";
import { reportMeasurement } from "./child.ts";

export interface Groth16Task {
  readonly backend: string;
  readonly zkey: string;
  readonly wtns: string;
  readonly runs: number;
}

export interface Groth16Times {
  readonly milliseconds: readonly number[];
}

const { backend: name, zkey, wtns, runs }: Groth16Task = JSON.parse(process.argv[2]!);
const backend = backendNamed(name);
const { close } = await openCurve();
const witness = new Uint8Array(await readFile(wtns));
const milliseconds: number[] = [];
for (let run = 0; run < runs; run++) {
  const begun = performance.now();
  await backend.groth16(zkey, witness);
  milliseconds.push(performance.now() - begun);
}
await close();
reportMeasurement({ milliseconds });
