import type { Command } from "commander";
import { formatOpen } from "../../operations/fees.ts";
import { readShares, withdrawShares } from "../../settlement/shares.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import type { AccountOptions } from "../accounts.ts";
import { type ChainFlags, openSender, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";

/** `tributary withdraw`: the platform's, model owner's, stakers' or prover's shares that the treasury books for an account. */
export function registerWithdraw(program: Command): void {
  addCommand<ChainFlags & AccountOptions>(program, {
    usage: "withdraw",
    summary:
      "withdraw an account's shares of fees (platform, model owner, stakers, prover) from the treasury",
    example: "tributary withdraw --account prover",
    options: (command) => senderOptions(command, "prover"),
    run: async ({ dir }, options) => {
      const { chain, deployment } = await openSender(workspaceAt(dir), options);
      if ((await readShares(chain, deployment, chain.account.address)) === 0n) {
        return { ok: true, data: { units: 0n }, text: `Nothing to withdraw for ${options.account}.` };
      }
      const { units, gasUsed } = await withdrawShares(chain, deployment);
      const text = `${formatOpen(units)} OPEN withdrawn by ${options.account}, ${gasUsed} gas`;
      return { ok: true, data: { units, gasUsed }, text };
    },
  });
}
