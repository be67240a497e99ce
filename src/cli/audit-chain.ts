import type { Command } from "commander";
import { TributaryError } from "../core/errors.ts";
import type { AuditChain } from "../operations/audit/registration.ts";
import { developmentSource, type KeySource } from "../operations/keys/key-source.ts";
import { pinnedKey } from "../operations/verify.ts";
import { keyDigest } from "../protocol/transcript.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { loadChainRecord } from "../workspace/chain-record.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ChainFlags, chainOptions, openReader } from "./chain.ts";

export interface AuditFlags extends ChainFlags {
  readonly offline?: boolean;
}

/** Adds what an audit needs to ask the chain, or not to. */
export const auditOptions = (command: Command): Command =>
  chainOptions(command).option(
    "--offline",
    "ask no chain: what is said then about registration and payment is nothing",
  );

/** What an audit may ask. */
export interface AuditGround {
  readonly chain: AuditChain | undefined;
  /** Where the contracts are, known without asking: what receipts are signed for. */
  readonly deployment: Deployment | undefined;
}

/** The deployment of the workspace or of --deployment, without a node; undefined where there is none. */
function knownDeployment(workspace: Workspace, { deployment }: ChainFlags): Deployment | undefined {
  try {
    // No node is asked: any URL completes the record.
    return loadChainRecord(workspace, { rpc: "http://127.0.0.1", deploymentFile: deployment }).deployment;
  } catch (error) {
    if (error instanceof TributaryError && error.code === "TRB_WORKSPACE_NO_CHAIN") return undefined;
    throw error;
  }
}

/**
 * The chain of --rpc or of the workspace's chain.json; none with --offline, and none where no chain is known.
 *
 * @throws TRB_SETTLEMENT_UNREACHABLE with what to do about it, and what openReader throws besides
 */
export async function auditGround(
  workspace: Workspace,
  flags: AuditFlags,
  keys: KeySource = developmentSource,
): Promise<AuditGround> {
  if (flags.offline === true && flags.rpc !== undefined) {
    throw new TributaryError("TRB_CLI_USAGE", "An audit asks a chain or it does not.", {
      hint: "Give --rpc or --offline.",
    });
  }
  const deployment = knownDeployment(workspace, flags);
  if (flags.offline === true) return { chain: undefined, deployment };
  if (deployment === undefined && flags.rpc === undefined) return { chain: undefined, deployment };
  const found = await openReader(workspace, flags);
  const ofTier: AuditChain["keyDigest"] = async (tier) => keyDigest(await pinnedKey(keys, tier));
  return {
    chain: { reader: found.chain, deployment: found.deployment, keyDigest: ofTier },
    deployment: found.deployment,
  };
}
