import { TributaryError } from "../core/errors.ts";
import { BACKEND_NAMES, type BackendName, type Groth16Backend } from "./backend.ts";
import { nativeAddon } from "./native-addon.ts";
import { nativeBackend, requireNative } from "./native-backend.ts";
import { snarkjsBackend } from "./snarkjs-backend.ts";

export interface BackendChoice {
  /** Default: the environment variable TRIBUTARY_BACKEND, or else native where it is built. */
  readonly name?: string | undefined;
  /** Threads of the native backend. Default: one for each core. snarkjs takes all cores. */
  readonly threads?: number | undefined;
}

const isName = (name: string): name is BackendName => BACKEND_NAMES.some((known) => known === name);

/**
 * The backend that was asked for; without a wish the native one where it is built, and snarkjs otherwise. Both give bundles that the same
 * verifier takes.
 *
 * @throws TRB_PROOF_BACKEND_NAME for an unknown name; TRB_PROOF_NO_NATIVE where native was asked for and is not built
 */
export function chooseBackend({ name, threads }: BackendChoice = {}): Groth16Backend {
  // An empty variable is one that is not set.
  const wanted = name ?? (process.env.TRIBUTARY_BACKEND || undefined);
  if (wanted === undefined) {
    const addon = nativeAddon();
    return addon === undefined ? snarkjsBackend : nativeBackend(addon, { threads });
  }
  if (!isName(wanted)) {
    throw new TributaryError("TRB_PROOF_BACKEND_NAME", "there is no such backend", {
      details: wanted,
      hint: `Use one of ${BACKEND_NAMES.join(", ")}, with --backend or TRIBUTARY_BACKEND.`,
    });
  }
  return wanted === "native" ? requireNative({ threads }) : snarkjsBackend;
}
