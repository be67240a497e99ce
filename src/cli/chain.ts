import type { Command } from "commander";
import { http, type LocalAccount, type Transport } from "viem";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import {
  type ChainOptions,
  type ChainReader,
  type ChainSender,
  connectReader,
  connectSender,
} from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { requireChain } from "../settlement/deployment.ts";
import { loadChainRecord } from "../workspace/chain-record.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type AccountOptions, accountOptions, resolveAccount } from "./accounts.ts";

/** A development chain mines at once: asking it every second would only wait. */
const DEVELOPMENT_POLLING_MS = 25;
const RPC_TIMEOUT_MS = 20_000;

export interface ChainFlags {
  readonly rpc?: string;
  readonly deployment?: string;
}

/** Adds --rpc and --deployment to a command that talks to the chain. */
export function chainOptions(command: Command): Command {
  return command
    .option("--rpc <url>", "the chain's node (default: the one in the workspace's chain.json)")
    .option("--deployment <file>", "where the contracts are (default: as in chain.json)");
}

/** Adds what a command needs that sends transactions. @param fallback the account where none is named */
export function senderOptions(command: Command, fallback: string): Command {
  return accountOptions(chainOptions(command), fallback);
}

export const timingOf = (chainId: bigint): ChainOptions =>
  chainId === DEVELOPMENT_CHAIN_ID ? { pollingMs: DEVELOPMENT_POLLING_MS } : {};

export const transportTo = (rpc: string): Transport => http(rpc, { timeout: RPC_TIMEOUT_MS, retryCount: 1 });

interface Connection<Chain> {
  readonly chain: Chain;
  readonly deployment: Deployment;
  readonly rpc: string;
}

/** @throws TRB_PIPELINE_NO_CHAIN, TRB_SETTLEMENT_CHAIN, TRB_SETTLEMENT_UNREACHABLE */
export async function openReader(workspace: Workspace, flags: ChainFlags): Promise<Connection<ChainReader>> {
  const { rpc, deployment } = loadChainRecord(workspace, {
    rpc: flags.rpc,
    deploymentFile: flags.deployment,
  });
  const chain = await connectReader(transportTo(rpc), timingOf(deployment.chainId));
  requireChain(deployment, chain.chainId);
  return { chain, deployment, rpc };
}

/** Like openReader, with the account that was named. @throws TRB_CLI_ACCOUNT_UNKNOWN besides */
export async function openSender(
  workspace: Workspace,
  flags: ChainFlags & AccountOptions,
): Promise<Connection<ChainSender> & { readonly account: LocalAccount }> {
  const { rpc, deployment } = loadChainRecord(workspace, {
    rpc: flags.rpc,
    deploymentFile: flags.deployment,
  });
  const account = await resolveAccount(workspace, { rpc, chainId: deployment.chainId }, flags);
  const chain = await connectSender(transportTo(rpc), account, timingOf(deployment.chainId));
  requireChain(deployment, chain.chainId);
  return { chain, deployment, rpc, account };
}
