import type { Command } from "commander";
import { readText } from "../../files/disk.ts";
import { checkReceipt } from "../../operations/check-receipt.ts";
import { formatOpen } from "../../operations/fees.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { type ChainFlags, chainOptions, openReader } from "../chain.ts";
import { addCommand } from "../command.ts";

/** `tributary receipt check`: what a payer can know of a receipt that an operator gave him. */
export function registerReceipt(program: Command): void {
  const receipt = program.command("receipt").description("what operators sign for payers");

  addCommand<ChainFlags>(receipt, {
    usage: "check <file>",
    summary:
      "check a receipt's signature and operator, and that its payment was committed: exit code 0 if all hold, 1 if not",
    example:
      "tributary receipt check receipt.json --rpc http://127.0.0.1:8545 --deployment deployment.json\n" +
      "tributary receipt check .tributary/traces/1-0.json",
    options: chainOptions,
    run: async ({ dir, onProgress }, flags, [file]) => {
      const text = readText(file!);
      const { chain, deployment } = await openReader(workspaceAt(dir), flags);
      onProgress({ stage: "read the batches", done: 0, total: 1 });
      const { failures, signed, batch } = await checkReceipt(chain, deployment, text);
      const ok = failures.length === 0;
      const lines = failures.map(({ code, message }) => `${code}: ${message}`);
      const holds = signed &&
        batch && [
          `Payment ${signed.receipt.number} of index ${signed.receipt.indexId} is in batch ${batch.name}, which is ${batch.status}.`,
          `${signed.receipt.operator} signed for it: ${formatOpen(signed.receipt.fee)} OPEN, ${formatOpen(signed.receipt.pool)} of it for contributors.`,
        ];
      const said = ok && holds ? holds : ["This receipt does not hold.", ...lines];
      return { ok, data: { failures, batch, receipt: signed?.receipt }, text: said.join("\n") };
    },
  });
}
