import type { Command } from "commander";
import { expiredText, requireUnexpired } from "../../operations/batch-standing.ts";
import { formatOpen } from "../../operations/fees.ts";
import { settleBundles } from "../../operations/settle.ts";
import { requireSameChain } from "../../workspace/registry.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import type { AccountOptions } from "../accounts.ts";
import { counted, knownBatches } from "../asked-batches.ts";
import { type ChainFlags, openSender, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";

/** `tributary settle`: brings proofs to the chain, which checks them and books what every position earned. */
export function registerSettle(program: Command): void {
  addCommand<ChainFlags & AccountOptions>(program, {
    usage: "settle [batch...]",
    summary: "bring the proofs of these batches (default: all that are proven) to the chain",
    example: "tributary settle --account prover\ntributary settle 1-0",
    options: (command) => senderOptions(command, "prover"),
    sends: true,
    run: async ({ dir, onProgress }, options, names) => {
      const workspace = workspaceAt(dir);
      const asked = knownBatches(workspace, names);
      if (asked.length === 0) {
        const data = { settled: [], done: 0, expired: [], unproven: [] };
        return { ok: true, gasUsed: 0n, data, text: "No batch was committed here yet." };
      }
      const { chain, deployment } = await openSender(workspace, options);
      await requireSameChain(workspace, chain, deployment);
      const result = await settleBundles(workspace, chain, deployment, onProgress, asked);
      requireUnexpired(result.expired, names);
      const settled = result.settled.map(
        ({ name, together, settled: { paid, unattributed, gasUsed, transaction } }) => ({
          name,
          paid,
          unattributed,
          gasUsed,
          together,
          transaction,
        }),
      );
      const lines = [
        ...settled.map(
          ({ name, paid, gasUsed, together }) =>
            `batch ${name}: ${formatOpen(paid)} OPEN to contributors, ${gasUsed} gas` +
            (together > 1 ? ` (its part of a transaction for ${together} batches)` : ""),
        ),
        ...(settled.length === 0 ? ["Nothing to settle."] : []),
        ...counted(result.done.length, "settled before"),
        ...result.expired.map(expiredText),
        ...counted(result.unproven.length, "without a proof yet: tributary prove"),
      ];
      return {
        ok: true,
        gasUsed: settled.reduce((sum, one) => sum + one.gasUsed, 0n),
        data: { settled, done: result.done.length, expired: result.expired, unproven: result.unproven },
        text: lines.join("\n"),
      };
    },
  });
}
