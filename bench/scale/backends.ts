import type { BackendName, Groth16Backend } from "../../src/proof/backend.ts";
import { chooseBackend } from "../../src/proof/choose-backend.ts";
import { makeDevelopmentKey } from "../../src/proof/development/make.ts";
import { type NativeAddon, nativeAddon } from "../../src/proof/native-addon.ts";

/** Names of the backends that are there, the portable one first. */
export const backendNames = (): BackendName[] =>
  nativeAddon() === undefined ? ["snarkjs"] : ["snarkjs", "native"];

/** A proving backend by its name. @throws TRB_PROOF_BACKEND_NAME, TRB_PROOF_NO_NATIVE */
export const backendNamed = (name: string): Groth16Backend => chooseBackend({ name });

/** A key from the public secrets for any circuit with our public signals. */
export const makeKey = (r1cs: string, zkey: string): Promise<void> => makeDevelopmentKey("mini", r1cs, zkey);

/** @throws Error where the native prover is not built */
export function requireAddon(): NativeAddon {
  const addon = nativeAddon();
  if (addon === undefined) throw new Error("the native prover is not built");
  return addon;
}
