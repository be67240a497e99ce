import type { Command } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { readText } from "../../files/disk.ts";
import { bundleSource, STDIN } from "../../operations/bundle-source.ts";
import { type BundleVerdict, type Expectation, verifyBundleText } from "../../operations/verify.ts";
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
  const { chainFacts } = await import("../../operations/chain-facts.ts");
  const { chain, deployment } = await openReader(workspace, options);
  return { kind: "chain", of: (settlement, key) => chainFacts(chain, deployment, settlement, key) };
}

/** What a proof that holds says, by what it was held against. */
const HOLDS: Readonly<Record<Expectation["kind"], string>> = {
  statement: "The proof holds, and is about this batch.",
  chain: "The proof holds, and is about this batch.",
  "proof-only": "The proof holds; statement unchecked.",
  unchecked: "",
};

/** What became of the batch: a proof alone pays nobody. */
const BECAME: Readonly<Record<NonNullable<BundleVerdict["status"]>, string>> = {
  none: "",
  pending: "NOT SETTLED: the batch waits on the chain, and nobody was paid by this proof yet.",
  settled: "Settled: these are the payouts that the chain booked.",
  expired: "EXPIRED: the batch's money went to the DataNet's reserve, and this proof pays nobody.",
};

const aboutOf = ({ settlement }: BundleVerdict) =>
  settlement && {
    tier: settlement.statement.tier,
    chainId: settlement.statement.chainId,
    settlementContract: settlement.statement.settlement,
    indexId: settlement.statement.indexId,
    batchKey: settlement.statement.batchKey,
    payouts: settlement.claim.payouts,
  };

/** A verdict in sentences. */
function textOf(verdict: BundleVerdict, kind: Expectation["kind"]): string {
  const { ok, failures, keyDigest, status } = verdict;
  const about = aboutOf(verdict);
  const key = keyDigest === undefined ? [] : [`key ${keyDigest}`];
  if (!ok || about === undefined) {
    const lines = failures.map(({ code, message }) => `${code}: ${message}`);
    return ["This bundle is refused.", ...lines, ...key].join("\n");
  }
  return [
    HOLDS[kind],
    ...(status === undefined ? [] : [BECAME[status]]),
    `batch ${about.batchKey} of index ${about.indexId}, chain ${about.chainId}, settled by ${about.settlementContract}`,
    ...key,
  ].join("\n");
}

/** A verdict in a line, where there are several. */
function lineOf(name: string, { ok, failures, keyDigest, status }: BundleVerdict): string {
  const said = ok ? "holds" : `REFUSED ${[...new Set(failures.map(({ code }) => code))].join(" ")}`;
  const became = ok && status !== undefined ? `, ${status}` : "";
  return `${name}: ${said}${became}${keyDigest === undefined ? "" : `, key ${keyDigest}`}`;
}

/** `tributary verify`: proofs under the pinned key, and that they are about the batches that the reader means. */
export function registerVerify(program: Command): void {
  addCommand<Options>(program, {
    usage: "verify <bundle...>",
    summary: `check proof bundles (${STDIN} for standard input): exit code 0 if all hold, 1 if one does not`,
    example:
      "tributary verify .tributary/proofs/1-0.json --rpc http://127.0.0.1:8545\n" +
      "tributary verify bundle.json --expect statement.json\n" +
      "tributary verify proofs/*.json --rpc http://127.0.0.1:8545 --deployment chain.json",
    options: (command) =>
      command
        .option("--rpc <url>", "check against the chain: statement, verifying key, and what was settled")
        .option(
          "--deployment <file>",
          "where the contracts are, a deployment record or a chain.json: one that you trust, not the prover's (default: the workspace's chain.json)",
        )
        .option("--expect <file>", "take the statement from a file of your own (one bundle)")
        .option("--proof-only", "check the proof alone, about whatever statement the bundle claims"),
    usesKeys: true,
    run: async ({ dir, keys }, options, bundles) => {
      if (options.expect !== undefined && bundles.length > 1) {
        throw new TributaryError("TRB_CLI_USAGE", "A statement is about one batch.", {
          hint: "Give --expect with one bundle, or --rpc.",
        });
      }
      const expectation = await expectationFrom(workspaceAt(dir), options);
      const { kind } = expectation;
      const verdicts: { readonly bundle: string; readonly verdict: BundleVerdict }[] = [];
      for (const bundle of bundles) {
        const verdict = await verifyBundleText(bundleSource(bundle), expectation, keys);
        verdicts.push({ bundle, verdict });
      }
      const told = verdicts.map(({ bundle, verdict }) => {
        const { ok, failures, keyDigest, status } = verdict;
        return { bundle, ok, failures, keyDigest, status, about: aboutOf(verdict) };
      });
      const ok = told.every((one) => one.ok);
      const [only] = verdicts;
      if (verdicts.length > 1 || only === undefined) {
        const text = verdicts.map(({ bundle, verdict }) => lineOf(bundle, verdict)).join("\n");
        return { ok, data: { statement: kind, verdicts: told }, text };
      }
      return { ok, data: { statement: kind, ...told[0] }, text: textOf(only.verdict, kind) };
    },
  });
}
