import { type Command, Option } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { formatOpen, parseOpen } from "../../operations/fees.ts";
import { readBatches } from "../../settlement/batch.ts";
import type { ChainReader } from "../../settlement/chain.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import { readBooks } from "../../settlement/vault.ts";
import { batchName } from "../../workspace/batches.ts";
import { workspaceOutbox } from "../../workspace/outbox.ts";
import { findRegistry, type Registry } from "../../workspace/registry.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { addressOf, isDevelopment } from "../accounts.ts";
import { type ChainFlags, chainOptions, openReader, transportTo } from "../chain.ts";
import { addCommand } from "../command.ts";
import { fundDevelopment } from "../development.ts";
import { table } from "../output.ts";
import { registerChainDev } from "./chain-dev.ts";

/** The batches of every registered index, as the chain has them. */
async function batchesOf(reader: ChainReader, deployment: Deployment, registry: Registry) {
  const lists = Object.values(registry.indexes).map(({ indexId }) =>
    readBatches(reader, deployment, indexId),
  );
  return (await Promise.all(lists)).flat().map(({ statement, status }) => ({
    name: batchName(statement),
    status,
    payments: statement.pools.length,
    pool: statement.pools.reduce((sum, one) => sum + one, 0n),
  }));
}

function registerStatus(chain: Command): void {
  addCommand<ChainFlags>(chain, {
    usage: "status",
    summary: "show the contracts, and the state of this workspace's batches and rewards on the chain",
    example: "tributary chain status",
    options: chainOptions,
    run: async ({ dir }, flags) => {
      const workspace = workspaceAt(dir);
      const { chain: reader, deployment, rpc } = await openReader(workspace, flags);
      const { chainId, contracts } = deployment;
      const registry = await findRegistry(workspace, reader, deployment);
      const head = [
        ["chain", `${chainId} at ${rpc}`],
        ["settlement contract", contracts.settlement],
      ] as const;
      if (registry === null || registry.datanetId === null) {
        const text = table([...head, ["DataNet", "not registered yet: tributary register"]]);
        return { ok: true, data: { rpc, chainId, contracts, datanetId: null, batches: [] }, text };
      }
      const { datanetId } = registry;
      const batches = await batchesOf(reader, deployment, registry);
      const books = await readBooks(reader, deployment, datanetId);
      const text = table([
        ...head,
        ["DataNet", datanetId],
        ...batches.map(
          ({ name, status, pool }) => [`batch ${name}`, `${status}, ${formatOpen(pool)} OPEN`] as const,
        ),
        ...books.flatMap(({ selector, capacity, owed, reserve }) => [
          [
            `book ${selector}, ${capacity} positions: rewards not claimed`,
            `${formatOpen(owed)} OPEN`,
          ] as const,
          [`book ${selector}: reserve`, `${formatOpen(reserve)} OPEN`] as const,
        ]),
      ]);
      return { ok: true, data: { rpc, chainId, contracts, datanetId, batches, books }, text };
    },
  });
}

function registerFund(chain: Command): void {
  addCommand<ChainFlags & { open: bigint }>(chain, {
    usage: "fund <account>",
    summary: "give an account, by name or address, ether and OPEN on a development chain",
    example: "tributary chain fund alice --open 5",
    options: (command) =>
      chainOptions(command).addOption(
        new Option("--open <OPEN>", "how much OPEN").argParser(parseOpen).default(parseOpen("10"), "10"),
      ),
    sends: true,
    run: async ({ dir }, { open, ...flags }, [account]) => {
      const { deployment, rpc } = await openReader(workspaceAt(dir), flags);
      const location = { rpc, chainId: deployment.chainId };
      if (!isDevelopment(location)) {
        throw new TributaryError("TRB_CLI_NOT_DEVELOPMENT", "Only a development chain gives money away.", {
          details: `chain ${deployment.chainId} at ${rpc}`,
          hint: "Send OPEN and the chain's own currency to the account with a wallet.",
        });
      }
      const to = addressOf(workspaceAt(dir), location, account!);
      const gasUsed = await fundDevelopment(transportTo(rpc), deployment, {
        to,
        units: open,
        outbox: workspaceOutbox(workspaceAt(dir)),
      });
      return {
        ok: true,
        gasUsed,
        data: { address: to, open },
        text: `${to} has 1 ETH and ${formatOpen(open)} OPEN more`,
      };
    },
  });
}

/** `tributary chain`: a development chain, and what a chain says. */
export function registerChain(program: Command): void {
  const chain = program.command("chain").description("the chain that pays");
  registerChainDev(chain);
  registerFund(chain);
  registerStatus(chain);
}
