import type { Command } from "commander";
import { readText } from "../../files/disk.ts";
import { parseBundle } from "../../protocol/bundle.ts";
import { readBatch } from "../../settlement/batch.ts";
import { settleCall } from "../../settlement/settle.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { type ChainFlags, chainOptions, openReader } from "../chain.ts";
import { addCommand } from "../command.ts";

/** `tributary bundle calldata`: a proof as the transaction that settles its batch, for who signs elsewhere. */
export function registerBundle(program: Command): void {
  const bundle = program.command("bundle").description("proof bundles");

  addCommand<ChainFlags>(bundle, {
    usage: "calldata <file>",
    summary: "print the calldata of settle for a proof bundle, to be sent by a wallet or another program",
    example:
      "tributary bundle calldata .tributary/proofs/1-0.json\n" +
      "tributary bundle calldata .tributary/proofs/1-0.json --json\n" +
      "cast send $SETTLEMENT $(tributary bundle calldata .tributary/proofs/1-0.json) --rpc-url $RPC --account prover",
    options: chainOptions,
    run: async ({ dir }, flags, [file]) => {
      const settlement = parseBundle(readText(file!));
      const { chain, deployment } = await openReader(workspaceAt(dir), flags);
      // What of the call the proof does not say stands on the chain: index, operator, deadline.
      const batch = await readBatch(chain, deployment, settlement.statement.batchKey);
      const { to, data } = settleCall(deployment, settlement, batch);
      const { chainId } = deployment;
      return { ok: true, data: { chainId, to, data, status: batch.status }, text: data };
    },
  });
}
