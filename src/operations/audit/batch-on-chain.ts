import { splitPools } from "../../attribution/rewards.ts";
import { scoreTrace } from "../../attribution/scores.ts";
import type { AttributionIndex } from "../../attribution/types.ts";
import { pack } from "../../crypto/packing.ts";
import type { Statement } from "../../protocol/statement.ts";
import type { BatchStatus } from "../../settlement/batch-status.ts";
import { type IndexOnChain, readIndex } from "../../settlement/registered-index.ts";
import { readSettledBatch } from "../../settlement/settled-batch.ts";
import type { TraceRecord } from "../../trace/types.ts";
import { statementDifferences } from "../../verification/compare.ts";
import { batchOnChain } from "../chain-facts.ts";
import type { Finding } from "./findings.ts";
import { type AuditChain, type AuditedIndex, registrationFindings } from "./registration.ts";

/** What the chain says about a batch of the files. */
export interface AuditedOnChain {
  readonly status: BatchStatus;
  readonly findings: readonly Finding[];
  /** Undefined where the chain knows no such batch. */
  readonly index: IndexOnChain | undefined;
}

/** Whether a batch is the one that was committed, under the index of the files. */
export async function auditOnChain(
  chain: AuditChain,
  statement: Statement,
  index: AuditedIndex,
): Promise<AuditedOnChain> {
  const { reader, deployment } = chain;
  const there = await batchOnChain(reader, deployment, statement);
  if (there === undefined) {
    const message = `the chain knows no batch ${statement.batchKey}`;
    const finding = { code: "TRB_AUDIT_BATCH", message };
    return { status: "none", findings: [finding], index: undefined };
  }
  const registered = await readIndex(reader, deployment, there.statement.indexId);
  const findings = [
    ...statementDifferences(there.statement, statement).map(({ message }) => ({
      code: "TRB_AUDIT_BATCH",
      message: message
        .replace("in the bundle, but", "here, but")
        .replace("the statement that was expected", "the committed batch"),
    })),
    ...(await registrationFindings(chain, index, registered)),
  ];
  return { status: there.status, findings, index: registered };
}

/** Whether a settled batch paid what index and traces give. @param traces all of the batch's, as committed */
export async function payoutFindings(
  { reader, deployment }: AuditChain,
  { batchKey, pools, positions }: Statement,
  index: AttributionIndex,
  traces: readonly TraceRecord[],
): Promise<Finding[]> {
  const settled = await readSettledBatch(reader, deployment, batchKey);
  const split = splitPools(
    traces.map(({ u }) => scoreTrace(u, index)),
    pools,
  );
  const words = pack("amount", split.payouts.slice(0, positions));
  const same =
    words.length === settled.payoutWords.length && words.every((word, i) => word === settled.payoutWords[i]);
  if (same && split.unattributed === settled.unattributed) return [];
  return [
    {
      code: "TRB_AUDIT_PAYOUTS",
      message: "the chain settled other payouts than index and traces give",
    },
  ];
}
