import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { expiredText, requireUnexpired } from "../../operations/batch-standing.ts";
import { formatOpen } from "../../operations/fees.ts";
import { settleBundles } from "../../operations/settle.ts";
import { requireSameChain } from "../../workspace/registry.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import type { AccountOptions } from "../accounts.ts";
import { askedBatches } from "../asked-batches.ts";
import { type ChainFlags, openSender, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";

/** `tributary settle`: brings proofs to the chain, which checks them and books what every position earned. */
export function registerSettle(program: Command): void {
  addCommand<ChainFlags & AccountOptions>(program, {
    usage: "settle [batch...]",
    summary: "bring the proofs of these batches (default: all that are proven) to the chain",
    example: "tributary settle --account prover\ntributary settle 1-0",
    options: (command) => senderOptions(command, "prover"),
    run: async ({ dir, onProgress }, options, names) => {
      const workspace = workspaceAt(dir);
      const asked = askedBatches(workspace, names);
      const { chain, deployment } = await openSender(workspace, options);
      await requireSameChain(workspace, chain, deployment);
      const result = await settleBundles(workspace, chain, deployment, onProgress, asked);
      requireUnexpired(result.expired, names);
      if (result.settled.length + result.done.length + result.expired.length === 0) {
        throw new TributaryError("TRB_CLI_NOTHING_TO_SETTLE", "No batch here has a proof.", {
          details: `without a proof: ${result.unproven.join(", ")}`,
          hint: "Prove them with: tributary prove",
        });
      }
      const settled = result.settled.map(
        ({ name, together, settled: { paid, unattributed, gasUsed, transaction } }) => ({
          name,
          paid,
          unattributed,
          gas: gasUsed,
          together,
          transaction,
        }),
      );
      const lines = [
        ...settled.map(
          ({ name, paid, gas, together }) =>
            `batch ${name}: ${formatOpen(paid)} OPEN to contributors, ${gas} gas` +
            (together > 1 ? ` (its part of a transaction for ${together} batches)` : ""),
        ),
        ...result.done.map((name) => `batch ${name}: was settled before`),
        ...result.expired.map(expiredText),
        ...result.unproven.map((name) => `batch ${name}: has no proof yet`),
      ];
      return {
        ok: true,
        data: { settled, done: result.done, expired: result.expired, unproven: result.unproven },
        text: lines.join("\n"),
      };
    },
  });
}
