import { existsSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { batchStanding, expiredText, requireUnexpired } from "../../operations/batch-standing.ts";
import { proveBatches } from "../../operations/proving/prove.ts";
import { BACKEND_NAMES, type BackendName } from "../../proof/backend.ts";
import { bundlePath } from "../../workspace/batches.ts";
import { requireSameChain } from "../../workspace/registry.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { addressOf } from "../accounts.ts";
import { counted, knownBatches } from "../asked-batches.ts";
import { type ChainFlags, chainOptions, openReader } from "../chain.ts";
import { addCommand } from "../command.ts";

interface Options extends ChainFlags {
  readonly recipient: string;
  readonly again?: boolean;
  readonly backend?: BackendName;
  readonly threads?: number;
}

function threadCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 256) throw new InvalidArgumentError("It is 1 to 256.");
  return count;
}

/** `tributary prove`: a bundle for each committed batch. */
export function registerProve(program: Command): void {
  addCommand<Options>(program, {
    usage: "prove [batch...]",
    summary: "prove committed batches (default: all without a proof) and write their bundles",
    example: "tributary prove\ntributary prove 1-0 --again --backend native --threads 2",
    options: (command) =>
      chainOptions(command)
        .option("--recipient <name or address>", "who gets the prover's share", "prover")
        .option("--again", "prove batches that have a proof, too")
        .addOption(
          new Option("--backend <name>", "what proves (default: native where it is built)")
            .choices(BACKEND_NAMES)
            .env("TRIBUTARY_BACKEND"),
        )
        .option("--threads <number>", "threads of the native backend (default: all cores)", threadCount),
    writes: ["proofs"],
    usesKeys: true,
    interruption: "tidies",
    run: async ({ dir, onProgress, keys, signal }, options, args) => {
      const workspace = workspaceAt(dir);
      const asked = knownBatches(workspace, args);
      if (asked.length === 0) {
        const data = { proven: [], done: 0, expired: [] };
        return { ok: true, data, text: "No batch was committed here yet." };
      }
      const { chain, deployment, rpc } = await openReader(workspace, options);
      await requireSameChain(workspace, chain, deployment);
      const recipient = addressOf(workspace, { rpc, chainId: deployment.chainId }, options.recipient);
      const wanted = asked.filter((name) => options.again || !existsSync(bundlePath(workspace, name)));
      // Asked before the work, not after it: nobody pays for a proof of a batch that is closed.
      const standing = await batchStanding(workspace, chain, deployment, wanted);
      requireUnexpired(standing.expired, args);
      const names = wanted.filter(
        (name) => standing.open.includes(name) || (options.again && standing.settled.includes(name)),
      );
      const backend = { name: options.backend, threads: options.threads };
      const proven = await proveBatches(workspace, { names, recipient, keys, signal, backend }, onProgress);
      const lines = proven.map(
        ({ name, backend, proveMs, bundleBytes, bundle }) =>
          `batch ${name}: proven in ${(proveMs / 1000).toFixed(1)} s by ${backend}, ${bundleBytes} bytes in ${bundle}`,
      );
      const done = options.again ? [] : standing.settled;
      const closed = [...counted(done.length, "settled before"), ...standing.expired.map(expiredText)];
      const text = [...lines, ...closed].join("\n") || "Every batch has its proof.";
      return { ok: true, data: { proven, done: done.length, expired: standing.expired }, text };
    },
  });
}
