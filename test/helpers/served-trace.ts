import { privateKeyToAccount } from "viem/accounts";
import { commitTrace } from "../../src/commitment/trace.ts";
import type { Hex } from "../../src/core/hex.ts";
import { loadHashChain } from "../../src/crypto/poseidon.ts";
import { outputBytes, requestBytes } from "../../src/operations/serve.ts";
import { ioDigest } from "../../src/protocol/transcript.ts";
import { signReceipt } from "../../src/settlement/receipt.ts";
import { saveTrace } from "../../src/workspace/traces.ts";
import type { Workspace } from "../../src/workspace/workspace.ts";

const operator = privateKeyToAccount(`0x${"11".repeat(32)}`);
/** The treasury, and whoever pays. */
export const TREASURY: Hex = `0x${"e5".repeat(20)}`;

export interface ServedAnswer {
  readonly indexId: bigint;
  readonly number: bigint;
  readonly request: Float64Array;
  readonly label: string;
  readonly probability: number;
  readonly u: Int8Array;
}

/** Keeps a trace as `tributary infer` does, of index 1 here and without a chain. @returns its commitment */
export async function keepTrace(
  workspace: Workspace,
  { indexId, number, request, label, probability, u }: ServedAnswer,
): Promise<bigint> {
  const answer = { label, probability };
  const io = ioDigest(requestBytes(request), outputBytes(answer));
  const record = { indexId, io, number, fee: 20_000n, pool: 16_000n, blind: 7n, u };
  const commitment = commitTrace(record, await loadHashChain());
  const { fee, pool } = record;
  const about = { operator: operator.address, payer: TREASURY, indexId, io, number, fee, pool };
  const receipt = await signReceipt(
    operator,
    { chainId: 31337n, treasury: TREASURY },
    { ...about, trace: commitment, servedAt: 1_790_000_000n },
  );
  saveTrace(workspace, {
    epoch: 1,
    record,
    commitment,
    request: Array.from(request),
    ...answer,
    payer: TREASURY,
    receipt,
  });
  return commitment;
}
