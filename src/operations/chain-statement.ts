import type { Settlement, Statement } from "../protocol/statement.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { batchOnChain } from "./chain-facts.ts";

/** The statement of the batch that a bundle names, from the chain; undefined where it knows no such batch. */
export const statementOnChain = async (
  reader: ChainReader,
  deployment: Deployment,
  { statement }: Settlement,
): Promise<Statement | undefined> => (await batchOnChain(reader, deployment, statement))?.statement;
