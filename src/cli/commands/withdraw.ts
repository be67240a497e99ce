import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { formatOpen } from "../../operations/fees.ts";
import { withdrawShares } from "../../settlement/shares.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import type { AccountOptions } from "../accounts.ts";
import { type ChainFlags, openSender, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";

function nothing(error: unknown): undefined {
  if (error instanceof TributaryError && error.code === "TRB_SETTLEMENT_NOTHING_TO_WITHDRAW") return;
  throw error;
}

/** `tributary withdraw`: the platform's, model owner's, stakers' or prover's shares that the treasury books for an account. */
export function registerWithdraw(program: Command): void {
  addCommand<ChainFlags & AccountOptions>(program, {
    usage: "withdraw",
    summary:
      "withdraw an account's shares of fees (platform, model owner, stakers, prover) from the treasury",
    example: "tributary withdraw --account prover",
    options: (command) => senderOptions(command, "prover"),
    sends: true,
    run: async ({ dir }, options) => {
      const { chain, deployment } = await openSender(workspaceAt(dir), options);
      // Tried without a look at what is owed: a withdrawal that an earlier run sent, and did not live to tell of, is found by it.
      const withdrawn = await withdrawShares(chain, deployment).catch(nothing);
      if (withdrawn === undefined) {
        const text = `Nothing to withdraw for ${options.account}.`;
        return { ok: true, gasUsed: 0n, data: { units: 0n }, text };
      }
      const { units, gasUsed, transaction } = withdrawn;
      const text = `${formatOpen(units)} OPEN withdrawn by ${options.account}, ${gasUsed} gas`;
      return { ok: true, gasUsed, data: { units, transaction }, text };
    },
  });
}
