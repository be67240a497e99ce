import { TributaryError } from "../core/errors.ts";
import type { Settlement, Statement } from "../protocol/statement.ts";
import { readBatch } from "../settlement/batch.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";

/**
 * What the chain says about the batch that a bundle names; undefined where it knows no such batch, which makes the bundle a
 * false one.
 */
export async function statementOnChain(
  reader: ChainReader,
  deployment: Deployment,
  { statement }: Settlement,
): Promise<Statement | undefined> {
  try {
    return (await readBatch(reader, deployment, statement.batchKey)).statement;
  } catch (error) {
    if (error instanceof TributaryError && error.code === "TRB_SETTLEMENT_BATCH_UNKNOWN") return undefined;
    throw error;
  }
}
