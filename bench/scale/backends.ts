import type { Groth16Backend } from "../../src/proof/backend.ts";
import { writeDevelopmentKey } from "../../src/proof/development/zkey.ts";
import { snarkjsBackend } from "../../src/proof/snarkjs-backend.ts";

/** Names of the backends that are there. */
export const backendNames = (): string[] => ["snarkjs"];

/** A proving backend by its name. @throws RangeError for one that is not there */
export function backendNamed(name: string): Groth16Backend {
  if (name === "snarkjs") return snarkjsBackend;
  throw new RangeError(`there is no backend ${name}`);
}

/** A key from the public secrets for any circuit with our public signals. */
export const makeDevelopmentKey = (r1cs: string, zkey: string): Promise<void> =>
  writeDevelopmentKey("mini", r1cs, zkey);
