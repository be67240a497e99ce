import { type Command, InvalidArgumentError } from "commander";
import { positionsOf } from "../../claim/claims.ts";
import { TributaryError } from "../../core/errors.ts";
import { claimPositions, readEarnings } from "../../operations/claim.ts";
import { formatOpen } from "../../operations/fees.ts";
import { withSrs } from "../../operations/keys/reference-string.ts";
import { TIER_NAMES, TIERS } from "../../params/tiers.ts";
import { readCapacity, readPositionOwners } from "../../settlement/datanet.ts";
import { loadRegistry } from "../../workspace/registry.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import type { AccountOptions } from "../accounts.ts";
import { type ChainFlags, openSender, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";

interface Options extends ChainFlags, AccountOptions {
  readonly datanet?: bigint;
  readonly position?: readonly number[];
}

function parseId(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError("an id is a number");
  return BigInt(text);
}

function collectPosition(text: string, earlier: readonly number[] = []): number[] {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("a position is a number from 0");
  return [...earlier, Number(text)];
}

/** `tributary claim`: what the account's positions earned and were not paid, all batches at once. */
export function registerClaim(program: Command): void {
  addCommand<Options>(program, {
    usage: "claim",
    summary: "claim all that an account's positions have earned; openings come from chain data alone",
    example: "tributary claim --account contributor-0",
    options: (command) =>
      senderOptions(command, "contributor-0")
        .option("--datanet <id>", "the DataNet on the chain (default: the workspace's)", parseId)
        .option(
          "--position <number>",
          "this position, whoever owns it (its owner is paid); may be repeated",
          collectPosition,
        ),
    usesKeys: true,
    sends: true,
    run: async ({ dir, keys }, options) => {
      const workspace = workspaceAt(dir);
      const { chain, deployment } = await openSender(workspace, options);
      const datanetId = options.datanet ?? (await loadRegistry(workspace, chain, deployment)).datanetId!;
      const owners = await readPositionOwners(chain, deployment, datanetId);
      const positions = options.position ?? positionsOf(owners, chain.account.address);
      const free = positions.find((position) => position >= owners.length);
      if (free !== undefined) {
        throw new TributaryError("TRB_CLI_NO_POSITION", "Nobody owns this position of the DataNet.", {
          details: `position ${free}; DataNet ${datanetId} has 0 to ${owners.length - 1}`,
          hint: "Name another --position, or none for all of the account's.",
        });
      }
      if (positions.length === 0) {
        throw new TributaryError("TRB_CLI_NO_POSITION", "This account owns no position of the DataNet.", {
          details: `${options.account}, ${chain.account.address}, DataNet ${datanetId}`,
          hint: "Name another --account, or a --position to claim for its owner.",
        });
      }
      const capacity = await readCapacity(chain, deployment, datanetId);
      const tier = TIER_NAMES.find((name) => TIERS[name].positions === capacity) ?? "large";
      const result = await withSrs(
        tier,
        async (srs) =>
          claimPositions(chain, deployment, await readEarnings(chain, deployment, datanetId, srs), positions),
        keys,
      );
      const gasUsed = result.transactions.reduce((sum, one) => sum + one.gasUsed, 0n);
      const text =
        result.units === 0n
          ? `Nothing to claim for position ${positions.join(", ")}: all that was earned is paid.`
          : `${formatOpen(result.units)} OPEN claimed for position ${result.positions.join(", ")}, ${gasUsed} gas`;
      return { ok: true, gasUsed, data: { datanetId, ...result }, text };
    },
  });
}
