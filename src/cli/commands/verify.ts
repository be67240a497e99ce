import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { readText } from "../../pipeline/files.ts";
import { type Expectation, verifyBundleText } from "../../pipeline/verify.ts";
import { parseStatement } from "../../verification/statement-file.ts";
import { addCommand } from "../command.ts";

interface Options {
  readonly expect?: string;
  readonly rpc?: string;
  readonly proofOnly?: boolean;
}

function expectationFrom({ expect, rpc, proofOnly }: Options): Expectation {
  if ([expect, rpc, proofOnly].filter((given) => given !== undefined).length > 1) {
    throw new TributaryError("TRB_CLI_USAGE", "The statement comes from one place.", {
      hint: "Give one of --rpc, --expect and --proof-only.",
    });
  }
  if (proofOnly) return { kind: "proof-only" };
  if (expect !== undefined) {
    const statement = parseStatement(readText(expect));
    return { kind: "statement", of: async () => statement };
  }
  return { kind: "unchecked" };
}

/** `tributary verify`: the proof under the pinned key, and that it is about the batch that the reader means. */
export function registerVerify(program: Command): void {
  addCommand<Options>(program, {
    usage: "verify <bundle>",
    summary: "check a proof bundle: exit code 0 if it holds, 1 if not",
    example: "tributary verify .tributary/proofs/1-0.json --expect .tributary/batches/1-0.statement.json",
    options: (command) =>
      command
        .option("--rpc <url>", "take the statement (index, batch, pools, traces) from the chain")
        .option("--expect <file>", "take the statement from a file of your own")
        .option("--proof-only", "check the proof alone, about whatever statement the bundle claims"),
    run: async (_context, options, [bundle]) => {
      const expectation = expectationFrom(options);
      const { ok, failures, settlement } = await verifyBundleText(readText(bundle!), expectation);
      const about = settlement && {
        tier: settlement.statement.tier,
        indexId: settlement.statement.indexId,
        batchKey: settlement.statement.batchKey,
        payouts: settlement.claim.payouts,
      };
      const lines = failures.map(({ code, message }) => `${code}: ${message}`);
      const good =
        expectation.kind === "proof-only"
          ? "The proof holds; its statement is unchecked."
          : "The proof holds for this statement.";
      return {
        ok,
        data: { statement: expectation.kind, failures, about },
        text: ok ? good : ["This bundle is refused.", ...lines].join("\n"),
      };
    },
  });
}
