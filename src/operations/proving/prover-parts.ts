import type { AttributionIndex } from "../../attribution/types.ts";
import type { Hex } from "../../core/hex.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { KzgEngine } from "../../crypto/kzg/engine.ts";
import type { Srs } from "../../crypto/kzg/srs.ts";
import type { HashChain } from "../../crypto/poseidon.ts";
import type { Groth16Backend } from "../../proof/backend.ts";
import type { ProvingKeys } from "../../proof/keys.ts";
import type { Statement } from "../../protocol/statement.ts";
import type { VerifyingKey } from "../../protocol/verifying-key.ts";
import type { TraceRecord } from "../../trace/types.ts";

export interface ProveInput {
  /** The index that the statement's indexId names; with its rows and its seed. */
  readonly index: AttributionIndex;
  readonly statement: Statement;
  /** One for each payment, in order. */
  readonly traces: readonly TraceRecord[];
  /** Where a prover fee goes; the zero address where there is none. */
  readonly recipient: Hex;
}

export interface ProveOptions {
  readonly onProgress?: OnProgress;
  /** Looked at between steps, and within those that the native backend does; snarkjs does not stop within its proof. */
  readonly signal?: AbortSignal;
}

/** What a prover has loaded. */
export interface ProverParts {
  readonly keys: ProvingKeys;
  readonly backend: Groth16Backend;
  readonly srs: Srs;
  readonly kzg: KzgEngine;
  readonly hash: HashChain;
  readonly verifyingKey: VerifyingKey;
}
