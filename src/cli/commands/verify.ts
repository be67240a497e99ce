import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { readText } from "../../files/disk.ts";
import { type Expectation, verifyBundleText } from "../../operations/verify.ts";
import type { Settlement } from "../../protocol/statement.ts";
import { parseStatement } from "../../verification/statement-file.ts";
import { type Workspace, workspaceAt } from "../../workspace/workspace.ts";
import type { ChainFlags } from "../chain.ts";
import { addCommand } from "../command.ts";

interface Options extends ChainFlags {
  readonly expect?: string;
  readonly proofOnly?: boolean;
}

async function expectationFrom(workspace: Workspace, options: Options): Promise<Expectation> {
  const { expect, rpc, proofOnly } = options;
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
  if (rpc === undefined) return { kind: "unchecked" };
  // Loaded only here: a reader with a statement of his own needs no chain client.
  const { openReader } = await import("../chain.ts");
  const { statementOnChain } = await import("../../operations/chain-statement.ts");
  const { chain, deployment } = await openReader(workspace, options);
  return {
    kind: "statement",
    of: (settlement: Settlement) => statementOnChain(chain, deployment, settlement),
  };
}

const HOLDS: Readonly<Record<Expectation["kind"], string>> = {
  statement: "The proof holds, and is about this batch.",
  "proof-only": "The proof holds; statement unchecked.",
  unchecked: "",
};

/** `tributary verify`: the proof under the pinned key, and that it is about the batch that the reader means. */
export function registerVerify(program: Command): void {
  addCommand<Options>(program, {
    usage: "verify <bundle>",
    summary: "check a proof bundle: exit code 0 if it holds, 1 if not",
    example:
      "tributary verify .tributary/proofs/1-0.json --rpc http://127.0.0.1:8545\n" +
      "tributary verify bundle.json --expect statement.json",
    options: (command) =>
      command
        .option("--rpc <url>", "take the statement (index, batch, pools, traces) from the chain")
        .option(
          "--deployment <file>",
          "where the contracts are: a record that you trust, not the prover's (default: the workspace's chain.json)",
        )
        .option("--expect <file>", "take the statement from a file of your own")
        .option("--proof-only", "check the proof alone, about whatever statement the bundle claims"),
    usesKeys: true,
    run: async ({ dir, keys }, options, [bundle]) => {
      const expectation = await expectationFrom(workspaceAt(dir), options);
      const { ok, failures, settlement } = await verifyBundleText(readText(bundle!), expectation, keys);
      const about = settlement && {
        tier: settlement.statement.tier,
        chainId: settlement.statement.chainId,
        settlementContract: settlement.statement.settlement,
        indexId: settlement.statement.indexId,
        batchKey: settlement.statement.batchKey,
        payouts: settlement.claim.payouts,
      };
      const lines = failures.map(({ code, message }) => `${code}: ${message}`);
      const holds = about && [
        HOLDS[expectation.kind],
        `batch ${about.batchKey} of index ${about.indexId}, chain ${about.chainId}, settled by ${about.settlementContract}`,
      ];
      const text = (ok && holds ? holds : ["This bundle is refused.", ...lines]).join("\n");
      return { ok, data: { statement: expectation.kind, failures, about }, text };
    },
  });
}
