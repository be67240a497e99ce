import type { Command } from "commander";
import type { LocalAccount, Transport } from "viem";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import {
  type ChainOptions,
  type ChainReader,
  type ChainSender,
  connectReader,
  connectSender,
} from "../settlement/chain.ts";
import { requireDeployed } from "../settlement/deployed.ts";
import type { Deployment } from "../settlement/deployment.ts";
import { nodeTransport } from "../settlement/transport.ts";
import { loadChainRecord } from "../workspace/chain-record.ts";
import { workspaceOutbox } from "../workspace/outbox.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type AccountOptions, accountOptions, resolveAccount } from "./accounts.ts";
import { wholeNumber } from "./row-options.ts";

/** A development chain mines at once: asking it every second would only wait. */
const DEVELOPMENT_POLLING_MS = 25;

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

export interface SenderFlags extends ChainFlags, AccountOptions {
  readonly confirmations?: number;
}

/** Adds what a command needs that sends transactions. @param fallback the account where none is named */
export function senderOptions(command: Command, fallback: string): Command {
  return accountOptions(chainOptions(command), fallback).option(
    "--confirmations <number>",
    "blocks that a transaction has to be under, its own included (default: 1 on a development chain, otherwise 3)",
    wholeNumber(1, 1000),
  );
}

export const timingOf = (chainId: bigint): ChainOptions =>
  chainId === DEVELOPMENT_CHAIN_ID ? { pollingMs: DEVELOPMENT_POLLING_MS } : {};

export const transportTo = (rpc: string): Transport => nodeTransport(rpc);

interface Connection<Chain> {
  readonly chain: Chain;
  readonly deployment: Deployment;
  readonly rpc: string;
}

/** @throws TRB_WORKSPACE_NO_CHAIN, TRB_SETTLEMENT_CHAIN, _CHAIN_RESET, _UNREACHABLE, _BUSY */
export async function openReader(workspace: Workspace, flags: ChainFlags): Promise<Connection<ChainReader>> {
  const { rpc, deployment } = loadChainRecord(workspace, {
    rpc: flags.rpc,
    deploymentFile: flags.deployment,
  });
  const chain = await connectReader(transportTo(rpc), timingOf(deployment.chainId));
  await requireDeployed(chain, deployment);
  return { chain, deployment, rpc };
}

/** Like openReader, with the account that was named. @throws TRB_CLI_ACCOUNT_UNKNOWN, TRB_SETTLEMENT_CONFIRMATIONS besides */
export async function openSender(
  workspace: Workspace,
  flags: SenderFlags,
): Promise<Connection<ChainSender> & { readonly account: LocalAccount }> {
  const { rpc, deployment } = loadChainRecord(workspace, {
    rpc: flags.rpc,
    deploymentFile: flags.deployment,
  });
  const account = await resolveAccount(workspace, { rpc, chainId: deployment.chainId }, flags);
  const chain = await connectSender(transportTo(rpc), account, {
    ...timingOf(deployment.chainId),
    confirmations: flags.confirmations,
    outbox: workspaceOutbox(workspace),
  });
  await requireDeployed(chain, deployment);
  return { chain, deployment, rpc, account };
}
