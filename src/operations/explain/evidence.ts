import { type Split, splitPools } from "../../attribution/rewards.ts";
import { foreignColumns } from "../../attribution/row-parts.ts";
import { scoreTrace } from "../../attribution/scores.ts";
import { commitIndex } from "../../commitment/index-commitment.ts";
import { commitTrace } from "../../commitment/trace.ts";
import { TributaryError } from "../../core/errors.ts";
import type { HashChain } from "../../crypto/poseidon.ts";
import type { DataNet } from "../../datanet/types.ts";
import { PHI_MAX } from "../../params/bits.ts";
import type { Settlement, Statement } from "../../protocol/statement.ts";
import { ioDigest } from "../../protocol/transcript.ts";
import type { ExplainFailure } from "../../report/explanation/types.ts";
import { loadIndex, type StoredIndex } from "../../workspace/index-files.ts";
import { loadTrace, type ServedTrace } from "../../workspace/traces.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { KeySource } from "../keys/key-source.ts";
import { withSrs } from "../keys/reference-string.ts";
import { outputBytes, requestBytes } from "../serve.ts";

/** Everything behind a batch's payouts, found to be what was committed to. */
export interface BatchEvidence {
  readonly settlement: Settlement;
  readonly traces: readonly ServedTrace[];
  /** C scores for each trace. */
  readonly scores: readonly Int32Array[];
  readonly split: Split;
  readonly index: StoredIndex;
}

const failure = (code: ExplainFailure["code"], message: string): ExplainFailure => ({ code, message });

/** Files whose own digests do not fit are evidence against the explanation, not misuse: they become failures. */
const DAMAGED = /^TRB_(ATTRIBUTION|SKETCH)_FILE_(DIGEST|MALFORMED)$|^TRB_FILE_MALFORMED$/;

/** The value, or the failure that a damaged file is. Other errors (a missing file, say) are thrown on. */
function readEvidence<T>(read: () => T): T | ExplainFailure {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TributaryError) || !DAMAGED.test(error.code)) throw error;
    return failure(error.code, [error.message, error.details].filter(Boolean).join(" "));
  }
}

export const isFailure = <T extends object>(value: T | ExplainFailure): value is ExplainFailure =>
  "code" in value && "message" in value;

/**
 * The index of the workspace, if it is the one that C_Φ commits to: C_Φ is computed again from Φ and the blinding seed,
 * the rows behind it must add up to Φ, and they must be the DataNet's.
 */
export async function indexEvidence(
  workspace: Workspace,
  epoch: number,
  { indexCommitment }: Statement,
  datanet: DataNet,
  keys?: KeySource,
): Promise<StoredIndex | readonly ExplainFailure[]> {
  const index = readEvidence(() => loadIndex(workspace, epoch));
  if (isFailure(index)) return [index];
  const failures: ExplainFailure[] = [];
  const committed = await withSrs(index.index.tier, (srs) => commitIndex(index.index, srs), keys);
  if (committed.x !== indexCommitment.x || committed.y !== indexCommitment.y) {
    failures.push(
      failure(
        "TRB_EXPLAIN_INDEX",
        `index ${epoch} here is not the one that the batch was proven with: C_Φ differs`,
      ),
    );
  }
  const [foreign] = foreignColumns(index.index.phi, index.rows, PHI_MAX);
  if (foreign !== undefined) {
    const where = `position ${foreign.position}, column ${foreign.column}`;
    failures.push(failure("TRB_EXPLAIN_ROWS", `the rows' influence does not add up to Φ: ${where}`));
  }
  const version = datanet.versions[index.manifest.datanet.version - 1];
  const owned = (owner: number, row: number): boolean => datanet.rows[row]?.position === owner;
  if (version?.root !== index.manifest.datanet.root || !index.rows.owners.every(owned)) {
    failures.push(failure("TRB_EXPLAIN_ROWS", "the index was made of other rows than the DataNet here has"));
  }
  return failures.length > 0 ? failures : index;
}

/** A trace must open t_q, and its request and answer must be the ones that io, inside of t_q, was made from. */
export function traceFailures(trace: ServedTrace, committed: bigint, hash: HashChain): ExplainFailure[] {
  const { record } = trace;
  if (commitTrace(record, hash) !== committed) {
    return [
      failure("TRB_EXPLAIN_TRACE", `payment ${record.number}: the trace here is not the committed one`),
    ];
  }
  const request = typeof trace.request === "string" ? trace.request : Float64Array.from(trace.request);
  if (ioDigest(requestBytes(request), outputBytes(trace)) === record.io) return [];
  const what = `payment ${record.number}: request or answer here are not what the trace was made for`;
  return [failure("TRB_EXPLAIN_REQUEST", what)];
}

/**
 * Traces, scores and split of a batch, recomputed and compared with what was proven.
 *
 * @param settlement of a bundle that was verified
 * @throws TRB_FILE_NOT_FOUND where a trace is not here
 */
export function batchEvidence(
  workspace: Workspace,
  settlement: Settlement,
  index: StoredIndex,
  hash: HashChain,
): BatchEvidence | readonly ExplainFailure[] {
  const { statement, claim } = settlement;
  const traces: ServedTrace[] = [];
  const failures: ExplainFailure[] = [];
  statement.traces.forEach((committed, q) => {
    const trace = readEvidence(() => loadTrace(workspace, statement.indexId, statement.n0 + BigInt(q)));
    if (isFailure(trace)) failures.push(trace);
    else {
      failures.push(...traceFailures(trace, committed, hash));
      traces.push(trace);
    }
  });
  if (failures.length > 0) return failures;
  const scores = traces.map(({ record }) => scoreTrace(record.u, index.index));
  const split = splitPools(scores, statement.pools);
  const wrong = claim.payouts.findIndex((pay, c) => pay !== split.payouts[c]);
  if (wrong >= 0 || split.unattributed !== claim.unattributed) {
    const what =
      wrong >= 0
        ? `position ${wrong} was paid ${claim.payouts[wrong]} units, index and traces give ${split.payouts[wrong]}`
        : `${claim.unattributed} units were left unattributed, index and traces give ${split.unattributed}`;
    return [failure("TRB_EXPLAIN_PAYOUT", what)];
  }
  return { settlement, traces, scores, split, index };
}
