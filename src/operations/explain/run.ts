import type { OnProgress } from "../../core/progress.ts";
import { loadHashChain } from "../../crypto/poseidon.ts";
import type { DataNet } from "../../datanet/types.ts";
import type { Statement } from "../../protocol/statement.ts";
import type {
  ChainWord,
  ExplainedBatch,
  ExplainFailure,
  PaymentExplanation,
} from "../../report/explanation/types.ts";
import { loadBatch } from "../../workspace/batches.ts";
import type { StoredIndex } from "../../workspace/index-files.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { loadDataNet } from "../import.ts";
import type { KeySource } from "../keys/key-source.ts";
import { type Expectation, verifyBundleText } from "../verify.ts";
import { explainBatch } from "./batch.ts";
import { batchEvidence, indexEvidence } from "./evidence.ts";

/** A bundle to explain, with its name here. */
export interface BundleToExplain {
  readonly name: string;
  readonly text: string;
  readonly settled: boolean | null;
}

export interface ExplainOptions {
  readonly bundles: readonly BundleToExplain[];
  readonly position: number;
  readonly top: number;
  readonly payment?: bigint | undefined;
  /** What the chain says of the position's money. */
  readonly chain: ChainWord;
  /** What the chain did with a bundle's batch; where absent, a bundle is held against the workspace's own record. */
  readonly onChain?: Extract<Expectation, { kind: "chain" }>["of"] | undefined;
  /** Whose keys bundles were proven under; the development keys by default. */
  readonly keys?: KeySource | undefined;
}

export type Explained =
  | { readonly ok: true; readonly explanation: PaymentExplanation }
  | { readonly ok: false; readonly batch: string; readonly failures: readonly ExplainFailure[] };

const isList = (value: object): value is readonly ExplainFailure[] => Array.isArray(value);

/** An index is committed to and compared once, however many of its batches are explained. */
class IndexEvidence {
  readonly #seen = new Map<string, StoredIndex | readonly ExplainFailure[]>();
  readonly #workspace: Workspace;
  readonly #datanet: DataNet;
  readonly #keys: KeySource | undefined;

  constructor(workspace: Workspace, datanet: DataNet, keys: KeySource | undefined) {
    this.#workspace = workspace;
    this.#datanet = datanet;
    this.#keys = keys;
  }

  async of(epoch: number, statement: Statement): Promise<StoredIndex | readonly ExplainFailure[]> {
    const { x, y } = statement.indexCommitment;
    const key = `${epoch} ${x} ${y}`;
    const found =
      this.#seen.get(key) ??
      (await indexEvidence(this.#workspace, epoch, statement, this.#datanet, this.#keys));
    this.#seen.set(key, found);
    return found;
  }
}

const CHECKED = [
  "the proof holds under the pinned key, for the batch's statement",
  "Φ and its blinding seed give the C_Φ of the statement",
  "the rows' influence adds up to Φ, and they are the DataNet's rows",
  "every trace opens its commitment t_q, and its request and answer give the io in it",
  "scores and split, computed again, give every payout of the proof",
];

/** Σ of what is sure over Σ of all, of numbers of 2^-32 units; null of nothing. */
function sureShare(batches: readonly ExplainedBatch[]): number | null {
  const sum = (of: (batch: ExplainedBatch) => bigint): bigint =>
    batches.reduce((all, one) => all + of(one), 0n);
  const all = sum(({ numerator }) => numerator);
  return all === 0n ? null : Number((sum(({ sure }) => sure) * 1_000_000n) / all) / 1_000_000;
}

/**
 * Why a position was paid: every bundle is verified, index and traces are held against their commitments, payouts are
 * computed again, and only then is anything explained.
 *
 * @throws TRB_WORKSPACE_MISSING, TRB_FILE_NOT_FOUND where the workspace lacks DataNet, index, batch or traces
 */
export async function explainPayments(
  workspace: Workspace,
  { bundles, position, top, payment, chain, onChain, keys }: ExplainOptions,
  onProgress: OnProgress,
): Promise<Explained> {
  const { datanet } = loadDataNet(workspace);
  const hash = await loadHashChain();
  const indexes = new IndexEvidence(workspace, datanet, keys);
  const batches: ExplainedBatch[] = [];
  for (const [at, { name, text, settled }] of bundles.entries()) {
    onProgress({ stage: `explain batch ${name}`, done: at, total: bundles.length });
    const record = loadBatch(workspace, name);
    const expectation: Expectation =
      onChain === undefined
        ? { kind: "statement", of: async () => record.statement }
        : { kind: "chain", of: onChain };
    const { ok, failures, settlement } = await verifyBundleText(text, expectation, keys);
    if (!ok || settlement === undefined) return { ok: false, batch: name, failures };
    const index = await indexes.of(record.record.epoch, settlement.statement);
    if (isList(index)) return { ok: false, batch: name, failures: index };
    const evidence = batchEvidence(workspace, settlement, index, hash);
    if (isList(evidence)) return { ok: false, batch: name, failures: evidence };
    batches.push(explainBatch(evidence, datanet, { position, top, payment, settled }));
  }
  return {
    ok: true,
    explanation: {
      position,
      contributor: datanet.contributors[position] ?? `position ${position}`,
      datanet: datanet.name,
      contributorRows: datanet.rows.filter((row) => row.position === position).length,
      total: batches.reduce((sum, { payout }) => sum + payout, 0n),
      sureShare: sureShare(batches),
      batches,
      chain,
      checks: CHECKED,
    },
  };
}
