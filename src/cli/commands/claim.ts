import type { Command } from "commander";
import { positionsOf } from "../../claim/claims.ts";
import { TributaryError } from "../../core/errors.ts";
import { claimNewest } from "../../operations/claim.ts";
import { formatOpen } from "../../operations/fees.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { openSender, type SenderFlags, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";
import { askedPositions, type PositionFlags, positionOptions } from "../positions.ts";

interface Options extends SenderFlags, PositionFlags {}

/** `tributary claim`: what the account's positions earned and were not paid, all batches at once. */
export function registerClaim(program: Command): void {
  addCommand<Options>(program, {
    usage: "claim",
    summary: "claim all that an account's positions have earned; openings come from chain data alone",
    example:
      "tributary claim --account contributor-0\ntributary claim --contributor north-quay-desk --account contributor-3",
    options: (command) => positionOptions(senderOptions(command, "contributor-0"), "claim for the holder of"),
    usesKeys: true,
    sends: true,
    run: async ({ dir, keys }, options) => {
      const workspace = workspaceAt(dir);
      const { chain, deployment } = await openSender(workspace, options);
      const asked = await askedPositions(workspace, chain, deployment, options);
      const { datanetId } = asked;
      const positions = asked.positions ?? positionsOf(asked.owners, chain.account.address);
      if (positions.length === 0) {
        throw new TributaryError("TRB_CLI_NO_POSITION", "This account owns no position of the DataNet.", {
          details: `${options.account}, ${chain.account.address}, DataNet ${datanetId}`,
          hint: "Name another --account, or a --position to claim for its owner.",
        });
      }
      const result = await claimNewest(chain, deployment, { datanetId, positions }, keys);
      const gasUsed = result.transactions.reduce((sum, one) => sum + one.gasUsed, 0n);
      const text =
        result.units === 0n
          ? `Nothing to claim for position ${positions.join(", ")}: all that was earned is paid.`
          : `${formatOpen(result.units)} OPEN claimed for position ${result.positions.join(", ")}, ${gasUsed} gas`;
      return { ok: true, gasUsed, data: { datanetId, ...result }, text };
    },
  });
}
