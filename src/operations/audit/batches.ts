import type { OnProgress } from "../../core/progress.ts";
import { type HashChain, loadHashChain } from "../../crypto/poseidon.ts";
import type { Device } from "../../numeric/onnx/device.ts";
import type { Statement } from "../../protocol/statement.ts";
import type { BatchStatus } from "../../settlement/batch-status.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import { readWasOperator } from "../../settlement/registered-index.ts";
import { type BatchRecord, batchName, loadBatch } from "../../workspace/batches.ts";
import { loadIndex, type StoredIndex } from "../../workspace/index-files.ts";
import { loadTrace, type ServedTrace } from "../../workspace/traces.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { IndexTracer } from "../index/index-tracer.ts";
import { auditOnChain, payoutFindings } from "./batch-on-chain.ts";
import { differs, type Finding, orFinding } from "./findings.ts";
import { type ReceiptGround, receiptFindings } from "./receipts.ts";
import type { AuditChain } from "./registration.ts";
import { openSound } from "./sound-indexes.ts";
import { type AuditedTrace, auditTrace, holds } from "./traces.ts";

export interface AuditedBatch {
  /** INDEX-NUMBER. */
  readonly batch: string;
  /** What became of it; undefined where no chain was asked. */
  readonly status: BatchStatus | undefined;
  /** What is false about the batch as a whole; where its index or model cannot be used, no trace is looked at. */
  readonly findings: readonly Finding[];
  readonly traces: readonly AuditedTrace[];
}

/** Whether nothing about a batch was found to be false. */
export const batchHolds = ({ findings, traces }: AuditedBatch): boolean =>
  findings.length === 0 && traces.every(holds);

export interface BatchAuditOptions {
  /** INDEX-NUMBER each. */
  readonly names: readonly string[];
  readonly device?: Device | undefined;
  /** Where absent, nothing is held against the chain, and who reads the verdict has to be told. */
  readonly chain?: AuditChain | undefined;
  /** Where the contracts are: what receipts were signed for. With a chain it is the chain's. */
  readonly deployment?: Deployment | undefined;
}

interface LoadedBatch {
  readonly name: string;
  readonly statement: Statement;
  readonly record: BatchRecord;
}

/** Everything that all batches of an audit share. */
interface Ground extends Pick<BatchAuditOptions, "chain" | "deployment"> {
  readonly workspace: Workspace;
  readonly hash: HashChain;
  readonly tracers: ReadonlyMap<number, IndexTracer>;
  readonly damaged: ReadonlyMap<number, Finding>;
}

const asList = (found: { readonly value: unknown } | Finding): Finding[] => ("code" in found ? [found] : []);

/** What is compared without a chain, too: the batch's name, and its C_Φ with that of the index's files. */
function ownFindings(name: string, statement: Statement, { commitment: b }: StoredIndex): Finding[] {
  const { indexCommitment: a } = statement;
  const wrong = [
    batchName(statement) !== name && `the statement of ${name} is that of batch ${batchName(statement)}`,
    (differs(a.x, b.x) || differs(a.y, b.y)) && "the batch's C_Φ is not that of the index here",
  ].filter((one) => one !== false);
  return wrong.map((message) => ({ code: "TRB_AUDIT_BATCH", message }));
}

async function auditBatch(
  { workspace, hash, tracers, damaged, chain, deployment }: Ground,
  { name, statement, record }: LoadedBatch,
  onTrace: () => void,
): Promise<AuditedBatch> {
  const broken = damaged.get(record.epoch);
  if (broken !== undefined) return { batch: name, status: undefined, findings: [broken], traces: [] };
  const index = loadIndex(workspace, record.epoch);
  const onChain = chain && (await auditOnChain(chain, statement, index));
  const findings = [...ownFindings(name, statement, index), ...(onChain?.findings ?? [])];
  const { indexId } = statement;
  const asked = new Map<string, Promise<boolean>>();
  const ground: ReceiptGround = {
    domain: deployment && { chainId: deployment.chainId, treasury: deployment.contracts.treasury },
    registeredAt: onChain?.index?.registeredAt,
    wasOperator:
      onChain?.index &&
      ((operator) => {
        const known =
          asked.get(operator) ?? readWasOperator(chain!.reader, chain!.deployment, { indexId, operator });
        asked.set(operator, known);
        return known;
      }),
  };
  const traces: AuditedTrace[] = [];
  const committed: ServedTrace[] = [];
  for (const [q, commitment] of statement.traces.entries()) {
    onTrace();
    const number = statement.n0 + BigInt(q);
    const loaded = await orFinding(() => loadTrace(workspace, indexId, number));
    if ("code" in loaded) {
      traces.push({ number, label: undefined, agreement: undefined, failures: asList(loaded) });
      continue;
    }
    const receipt = await receiptFindings(loaded.value, statement.pools[q]!, ground);
    const audited = await auditTrace(loaded.value, commitment, receipt, tracers.get(record.epoch)!, hash);
    if (audited.agreement !== undefined) committed.push(loaded.value);
    traces.push(audited);
  }
  if (onChain?.status === "settled" && committed.length === statement.traces.length) {
    const records = committed.map((trace) => trace.record);
    findings.push(...(await payoutFindings(chain!, statement, index.index, records)));
  }
  return { batch: name, status: onChain?.status, findings, traces };
}

/**
 * Runs the requests of batches again and compares their traces with those that were committed to: the proof takes u as it is,
 * and this is how somebody who has models, indexes and traces finds out whether it was made as it should be. With a chain, batch,
 * index, receipts and payouts are held against what was registered, committed and settled. Models of one shape share a session, so
 * that batches of many adapters of a base are audited as those of one.
 *
 * @throws TRB_FILE_NOT_FOUND, TRB_MODEL_DEVICE, and what asking the chain throws; a file that was changed is a finding
 */
export async function auditBatches(
  workspace: Workspace,
  { names, device, chain, deployment = chain?.deployment }: BatchAuditOptions,
  onProgress: OnProgress,
): Promise<AuditedBatch[]> {
  const found = await Promise.all(
    names.map(async (name) => ({ name, batch: await orFinding(() => loadBatch(workspace, name)) })),
  );
  const loaded = found.flatMap(({ batch }) => ("value" in batch ? [batch.value] : []));
  const total = loaded.reduce((sum, { statement }) => sum + statement.traces.length, 0);
  const epochs = loaded.map(({ record }) => record.epoch);
  const { tracers, damaged, close } = await openSound(workspace, epochs, device);
  const ground = { workspace, hash: await loadHashChain(), tracers, damaged, chain, deployment };
  const audited: AuditedBatch[] = [];
  let done = 0;
  const onTrace = (): void => onProgress({ stage: "run requests again", done: done++, total });
  try {
    for (const { name, batch } of found) {
      if ("value" in batch) audited.push(await auditBatch(ground, { name, ...batch.value }, onTrace));
      else audited.push({ batch: name, status: undefined, findings: [batch], traces: [] });
    }
  } finally {
    await close();
  }
  return audited;
}
