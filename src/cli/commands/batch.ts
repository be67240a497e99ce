import type { Command } from "commander";
import { commitWaiting } from "../../operations/commit.ts";
import { formatOpen } from "../../operations/fees.ts";
import { loadBatch } from "../../workspace/batches.ts";
import { loadIndexTier } from "../../workspace/index-files.ts";
import { loadRegistry } from "../../workspace/registry.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import type { AccountOptions } from "../accounts.ts";
import { type ChainFlags, openSender, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";
import { registerBatchAudit } from "./batch-audit.ts";

/** What a reader of the chain learns from a batch of one; docs/protocol.md, "Privacy". */
const singlePayment = (name: string): string =>
  `warning: batch ${name} has one payment, so its public payouts are that answer's positive scores up to a factor; --full-only keeps such a batch waiting for more`;

const nothingToCommit = (fullOnly = false): string =>
  fullOnly
    ? "Nothing to commit: no full batch waits."
    : "Nothing to commit: no served request waits for a batch.";

/** `tributary batch commit` and `tributary batch audit`. */
export function registerBatch(program: Command): void {
  const batch = program.command("batch").description("payments on the chain");
  registerCommit(batch);
  registerBatchAudit(batch);
}

/** `tributary batch commit`: served payments into escrow, up to Q in a batch. */
function registerCommit(batch: Command): void {
  addCommand<ChainFlags & AccountOptions & { fullOnly?: boolean }>(batch, {
    usage: "commit",
    summary: "commit the served requests that wait, in batches, and pay their fees into escrow",
    example: "tributary batch commit --account operator",
    options: (command) =>
      senderOptions(command, "operator").option(
        "--full-only",
        "leave a last batch that is not full for later",
      ),
    writes: ["batches"],
    sends: true,
    run: async ({ dir, onProgress }, options) => {
      const workspace = workspaceAt(dir);
      const { chain, deployment } = await openSender(workspace, options);
      const registry = await loadRegistry(workspace, chain, deployment);
      const names: string[] = [];
      let gasUsed = 0n;
      for (const [epoch, { indexId }] of Object.entries(registry.indexes)) {
        const tier = loadIndexTier(workspace, Number(epoch));
        const request = { epoch: Number(epoch), indexId, tier, fullOnly: options.fullOnly === true };
        const committed = await commitWaiting(workspace, chain, deployment, request, onProgress);
        names.push(...committed.names);
        gasUsed += committed.gasUsed;
      }
      const batches = names.map((name) => {
        const { statement, record } = loadBatch(workspace, name);
        const pool = statement.pools.reduce((sum, one) => sum + one, 0n);
        return {
          name,
          batchKey: statement.batchKey,
          payments: statement.pools.length,
          pool,
          gasUsed: record.gas,
        };
      });
      const lines = batches.map(
        ({ name, payments, pool }) =>
          `batch ${name}: ${payments} payments, ${formatOpen(pool)} OPEN for contributors`,
      );
      const warnings = batches
        .filter(({ payments }) => payments === 1)
        .map(({ name }) => singlePayment(name));
      const text =
        lines.length === 0 ? nothingToCommit(options.fullOnly) : [...lines, ...warnings].join("\n");
      return { ok: true, gasUsed, data: { batches, warnings }, text };
    },
  });
}
