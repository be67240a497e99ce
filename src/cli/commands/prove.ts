import { existsSync } from "node:fs";
import type { Command } from "commander";
import { bundlePath } from "../../pipeline/batches.ts";
import { proveBatches } from "../../pipeline/prove.ts";
import { workspaceAt } from "../../pipeline/workspace.ts";
import { addressOf } from "../accounts.ts";
import { askedBatches } from "../asked-batches.ts";
import { type ChainFlags, chainOptions, openReader } from "../chain.ts";
import { addCommand } from "../command.ts";

interface Options extends ChainFlags {
  readonly recipient: string;
  readonly again?: boolean;
}

/** `tributary prove`: a bundle for each committed batch. */
export function registerProve(program: Command): void {
  addCommand<Options>(program, {
    usage: "prove [batch...]",
    summary: "prove committed batches (default: all without a proof) and write their bundles",
    example: "tributary prove\ntributary prove 1-0 --again",
    options: (command) =>
      chainOptions(command)
        .option("--recipient <name or address>", "who gets the prover's share", "prover")
        .option("--again", "prove batches that have a proof, too"),
    writes: true,
    usesKeys: true,
    interruptible: true,
    run: async ({ dir, onProgress, keys, signal }, options, args) => {
      const workspace = workspaceAt(dir);
      const asked = askedBatches(workspace, args);
      const { deployment, rpc } = await openReader(workspace, options);
      const recipient = addressOf(workspace, { rpc, chainId: deployment.chainId }, options.recipient);
      const names = asked.filter((name) => options.again || !existsSync(bundlePath(workspace, name)));
      const proven = await proveBatches(workspace, { names, recipient, keys, signal }, onProgress);
      const lines = proven.map(
        ({ name, proveMs, bundleBytes, bundle }) =>
          `batch ${name}: proven in ${(proveMs / 1000).toFixed(1)} s, ${bundleBytes} bytes in ${bundle}`,
      );
      const text = lines.length === 0 ? "Every batch has its proof." : lines.join("\n");
      return { ok: true, data: { proven }, text };
    },
  });
}
