import { TributaryError } from "../core/errors.ts";
import { readOwed } from "../operations/owed.ts";
import type { ChainWord } from "../report/explanation/types.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { loadRegistry } from "../workspace/registry.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ChainFlags, openReader } from "./chain.ts";

/** A chain that answers, and on which the workspace is registered. */
export interface OpenChain {
  readonly chain: ChainReader;
  readonly deployment: Deployment;
  readonly rpc: string;
  readonly datanetId: bigint;
}

export type AskedChain = { readonly open: OpenChain } | { readonly open: undefined; readonly why: string };

async function openChain(workspace: Workspace, flags: ChainFlags): Promise<OpenChain> {
  const connection = await openReader(workspace, flags);
  const { datanetId } = await loadRegistry(workspace, connection.chain, connection.deployment);
  return { ...connection, datanetId: datanetId! };
}

/**
 * The workspace's chain, for a command that can do without it.
 *
 * @param needed whether the user asked for it: then it is an error where it does not answer
 */
export async function askChain(
  workspace: Workspace,
  flags: ChainFlags,
  needed: boolean,
): Promise<AskedChain> {
  try {
    return { open: await openChain(workspace, flags) };
  } catch (error) {
    if (needed || !(error instanceof TributaryError)) throw error;
    return { open: undefined, why: `${error.message} (${error.code})` };
  }
}

/** What the chain says of a position's money. */
export async function chainWord(
  workspace: Workspace,
  asked: AskedChain,
  position: number,
): Promise<ChainWord> {
  if (asked.open === undefined) return { asked: false, why: asked.why };
  const { chain: reader, deployment, datanetId } = asked.open;
  const { owed } = await readOwed(workspace, { reader, deployment }, { datanetId, positions: [position] });
  const { earned, claimed, claimable, waiting } = owed[0]!;
  return { asked: true, earned, claimed, claimable, waiting };
}
