import { splitPools } from "../../attribution/rewards.ts";
import { scoreTrace } from "../../attribution/scores.ts";
import { checkIndex, commitIndex, indexCoefficientBytes } from "../../commitment/index-commitment.ts";
import { commitTrace } from "../../commitment/trace.ts";
import { TributaryError } from "../../core/errors.ts";
import type { Hex } from "../../core/hex.ts";
import { type CurveUse, openCurve } from "../../crypto/kzg/curve.ts";
import { readSrs } from "../../crypto/kzg/srs.ts";
import { loadHashChain } from "../../crypto/poseidon.ts";
import { indexCoefficients, TIERS, type TierName } from "../../params/tiers.ts";
import type { BackendName } from "../../proof/backend.ts";
import { type BackendChoice, chooseBackend } from "../../proof/choose-backend.ts";
import { checkKeys, checkPinned, developmentKeys, type ProvingKeys } from "../../proof/keys.ts";
import { readVerifyingKey } from "../../proof/zkey-reader.ts";
import { requireSafeKey } from "../../protocol/development-key.ts";
import { readManifest } from "../../protocol/manifest.ts";
import type { Settlement } from "../../protocol/statement.ts";
import { keyDigest } from "../../protocol/transcript.ts";
import type { VerifyingKey } from "../../protocol/verifying-key.ts";
import { type Batch, checkBatch, checkScores } from "../../witness/batch.ts";
import { slotRecords } from "../../witness/slots.ts";
import { proveBatch } from "./prove-batch.ts";
import type { ProveInput, ProveOptions, ProverParts } from "./prover-parts.ts";

/** Proves batches of one tier. Keeps the key's files checked and the curve's threads running until `close`. */
export interface Prover {
  readonly verifyingKey: VerifyingKey;
  readonly keyDigest: Hex;
  readonly backend: BackendName;
  /**
   * @throws TRB_KEY_DEVELOPMENT; TRB_WITNESS_* and TRB_COMMITMENT_* for a batch that has no proof; TRB_PROOF_CANCELLED; TRB_PROOF_WITNESS,
   * TRB_PROOF_BACKEND, TRB_PROOF_SIGNALS and TRB_PROOF_SELF_CHECK where the prover itself is at fault
   */
  prove(input: ProveInput, options?: ProveOptions): Promise<Settlement>;
  /** Ends the curve's threads, which otherwise keep the process alive. */
  close(): Promise<void>;
}

export interface ProverOptions {
  readonly tier: TierName;
  /** Default: the development keys that artifacts/manifest.json pins. */
  readonly keys?: ProvingKeys;
  /** Default: native where it is built, see chooseBackend. */
  readonly backend?: BackendChoice;
}

async function loadParts(curve: CurveUse, options: ProverOptions): Promise<ProverParts> {
  const { tier } = options;
  const backend = chooseBackend(options.backend);
  const keys = options.keys ?? developmentKeys(tier, await readManifest());
  await checkKeys(keys);
  if (backend.name === "native" && keys.r1cs !== undefined) await checkPinned(keys.r1cs);
  const srs = await readSrs(curve.curve, keys.srs.path, indexCoefficients(TIERS[tier]));
  const verifyingKey = await readVerifyingKey(curve.curve, keys.zkey.path, tier, srs.tau2);
  if (keyDigest(verifyingKey) !== keys.keyDigest) {
    throw new TributaryError("TRB_PROOF_KEY_MISMATCH", "the proving key is not of the pinned verifying key", {
      details: `key digest ${keyDigest(verifyingKey)}, pinned ${keys.keyDigest}`,
      hint: "The proving key and the powers of tau must come from one set-up: run `make setup`.",
    });
  }
  return { keys, backend, srs, kzg: backend.kzg(srs), hash: await loadHashChain(), verifyingKey };
}

/** Scores and splits a batch, refusing what cannot be proven before any heavy work. */
async function readBatch(
  { srs, kzg, hash }: ProverParts,
  { index, statement, traces }: ProveInput,
): Promise<Batch> {
  if (index.tier !== statement.tier || index.assigned !== statement.positions) {
    throw new TributaryError("TRB_WITNESS_INDEX_MISMATCH", "the index is not the one of the statement", {
      details: `index: ${index.tier}, ${index.assigned} positions; statement: ${statement.tier}, ${statement.positions}`,
    });
  }
  checkIndex(index);
  const records = slotRecords({ statement, traces });
  const traced = { statement, traces, commitments: records.map((record) => commitTrace(record, hash)) };
  checkBatch(traced);
  const scores = traces.map((trace) => scoreTrace(trace.u, index));
  const batch = { ...traced, scores, split: splitPools(scores, statement.pools) };
  checkScores(batch);
  const commitment = kzg.sortsCoefficients
    ? await kzg.commit([[1n, indexCoefficientBytes(index)]])
    : await commitIndex(index, srs);
  if (commitment.x !== statement.indexCommitment.x || commitment.y !== statement.indexCommitment.y) {
    throw new TributaryError("TRB_WITNESS_INDEX_MISMATCH", "the index is not the one that was registered", {
      details: "its rows and its blinding seed give another commitment",
      hint: "Prove with the index and the seed that the registered commitment was made from.",
    });
  }
  return batch;
}

/**
 * Loads and checks a tier's keys and gives a prover.
 *
 * @throws TRB_MANIFEST_*, TRB_PROOF_NO_KEY, TRB_PROOF_PARAMS_MISMATCH, TRB_PROOF_FILE_MISSING, TRB_PROOF_KEY_MISMATCH,
 * TRB_PROOF_KEY_FORM, TRB_SRS_*, TRB_FILE_*
 */
export async function createProver(options: ProverOptions): Promise<Prover> {
  const curve = await openCurve();
  let parts: ProverParts;
  try {
    parts = await loadParts(curve, options);
  } catch (error) {
    await curve.close();
    throw error;
  }
  return {
    verifyingKey: parts.verifyingKey,
    keyDigest: parts.keys.keyDigest,
    backend: parts.backend.name,
    async prove(input, proveOptions = {}) {
      if (input.statement.tier !== options.tier) {
        throw new TributaryError("TRB_PROOF_TIER", `this prover is for tier ${options.tier}`, {
          details: input.statement.tier,
        });
      }
      requireSafeKey(parts.verifyingKey, input.statement.chainId);
      const batch = await readBatch(parts, input);
      return proveBatch(parts, batch, input, proveOptions);
    },
    close: () => curve.close(),
  };
}
