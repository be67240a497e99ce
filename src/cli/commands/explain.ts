import { existsSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { positionsOf } from "../../claim/claims.ts";
import { TributaryError } from "../../core/errors.ts";
import { readText, writeWhole } from "../../files/disk.ts";
import { chainFacts } from "../../operations/chain-facts.ts";
import { type BundleToExplain, type ExplainOptions, explainPayments } from "../../operations/explain/run.ts";
import { loadDataNetBody } from "../../operations/import.ts";
import { parseBundle } from "../../protocol/bundle.ts";
import { renderExplanation } from "../../report/explanation/page.ts";
import { meanings } from "../../report/meaning.ts";
import { readBatch } from "../../settlement/batch.ts";
import { readPositionOwners } from "../../settlement/datanet.ts";
import { batchName, batchNames, bundlePath, hasBatch, loadBatch } from "../../workspace/batches.ts";
import { type Workspace, workspaceAt } from "../../workspace/workspace.ts";
import { addressOf } from "../accounts.ts";
import { askChain, chainWord, type OpenChain } from "../asked-chain.ts";
import { type ChainFlags, chainOptions } from "../chain.ts";
import { addCommand } from "../command.ts";
import { explanationText } from "../explanation-text.ts";
import { wholeNumber } from "../row-options.ts";

interface Options extends ChainFlags {
  readonly position?: number;
  readonly contributor?: string;
  readonly account?: string;
  readonly payment?: bigint;
  readonly rows: number;
  readonly html?: string;
}

function parseNumber(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError("the number of a payment, from 0");
}

const usage = (message: string, details: string, hint: string): TributaryError =>
  new TributaryError("TRB_CLI_USAGE", message, { details, hint });

/** The position that is asked about: by number, by name in the DataNet, or the one that an account owns on the chain. */
async function askedPosition(
  workspace: Workspace,
  options: Options,
  chain: OpenChain | undefined,
): Promise<number> {
  const { position, contributor, account } = options;
  const given = [position, contributor, account].filter((one) => one !== undefined).length;
  if (given !== 1) {
    throw usage(
      "Whose payment is to be explained?",
      given === 0 ? "no position, contributor or account" : "more than one was given",
      "Give one of --position NUMBER, --contributor NAME and --account NAME.",
    );
  }
  const { contributors } = loadDataNetBody(workspace);
  const owned =
    chain !== undefined && account !== undefined ? await ownedPositions(workspace, chain, account) : [];
  if (owned.length > 1) {
    throw usage(
      "This account owns several positions.",
      owned.join(", "),
      "Name one of them with --position.",
    );
  }
  const found = position ?? (account === undefined ? contributors.indexOf(contributor!) : (owned[0] ?? -1));
  if (found >= 0 && found < contributors.length) return found;
  throw new TributaryError("TRB_CLI_NO_POSITION", "The DataNet has no such position.", {
    details: String(position ?? contributor ?? account),
    hint: "See who has which: tributary datanet show --json",
  });
}

async function ownedPositions(workspace: Workspace, open: OpenChain, account: string): Promise<number[]> {
  const { chain, deployment, rpc, datanetId } = open;
  const address = addressOf(workspace, { rpc, chainId: deployment.chainId }, account);
  return positionsOf(await readPositionOwners(chain, deployment, datanetId), address);
}

/** The name of the batch of a bundle's text; of a text that is no bundle, its path, which `verify` then refuses. */
function nameOfBundle(text: string): string | undefined {
  try {
    return batchName(parseBundle(text).statement);
  } catch {
    return undefined;
  }
}

interface Asked {
  readonly bundles: readonly Omit<BundleToExplain, "settled">[];
  readonly payment?: bigint | undefined;
}

/** The bundles behind a PAYMENT: a file, INDEX-N for a batch's first payment or one inside of it, or all that are proven. */
function askedBundles(workspace: Workspace, asked: string | undefined): Asked {
  const ofBatch = (name: string) => ({ name, text: readText(bundlePath(workspace, name)) });
  if (asked === undefined) {
    const proven = batchNames(workspace).filter((name) => existsSync(bundlePath(workspace, name)));
    return { bundles: proven.map(ofBatch) };
  }
  if (hasBatch(workspace, asked)) return { bundles: [ofBatch(asked)] };
  const match = /^(\d{1,18})-(\d{1,18})$/.exec(asked);
  if (match !== null) {
    const [indexId, payment] = [BigInt(match[1]!), BigInt(match[2]!)];
    const holds = (name: string): boolean => {
      const { statement } = loadBatch(workspace, name);
      return (
        statement.indexId === indexId &&
        statement.n0 <= payment &&
        payment < statement.n0 + BigInt(statement.traces.length)
      );
    };
    const name = batchNames(workspace).find(holds);
    if (name !== undefined) return { bundles: [ofBatch(name)], payment };
  } else if (existsSync(asked)) {
    const text = readText(asked);
    const name = nameOfBundle(text) ?? asked;
    if (name === asked || hasBatch(workspace, name)) return { bundles: [{ name, text }] };
  }
  throw new TributaryError("TRB_CLI_BATCH_UNKNOWN", "There is no such payment here.", {
    details: asked,
    hint: "Name a bundle's file, a batch or a payment as INDEX-NUMBER, or nothing for all of the workspace.",
  });
}

/** Whether the chain has settled each batch. @param all leaves those out that it has not */
async function withStatus(
  bundles: Asked["bundles"],
  chain: OpenChain | undefined,
  all: boolean,
  workspace: Workspace,
): Promise<BundleToExplain[]> {
  if (chain === undefined) return bundles.map((bundle) => ({ ...bundle, settled: null }));
  const marked: BundleToExplain[] = [];
  for (const bundle of bundles) {
    const { batchKey } = loadBatch(workspace, bundle.name).statement;
    const { status } = await readBatch(chain.chain, chain.deployment, batchKey);
    const settled = status === "settled";
    if (settled || !all) marked.push({ ...bundle, settled });
  }
  return marked;
}

/** `tributary explain`: from a payout to the inferences and the rows that it is for, adding up to what was proven. */
export function registerExplain(program: Command): void {
  addCommand<Options>(program, {
    usage: "explain [payment]",
    summary:
      "why a contributor was paid: the inferences and the rows behind a payout, adding up to what was proven",
    example:
      "tributary explain 1-0 --position 3\n" +
      "tributary explain .tributary/proofs/1-0.json --position 3 --html why.html\n" +
      "tributary explain --position 3 --rpc http://127.0.0.1:8545",
    options: (command) =>
      chainOptions(command)
        .option("--position <number>", "the position that was paid", wholeNumber(0, 1023))
        .option("--contributor <name>", "the same by its contributor's name in the DataNet")
        .option("--account <name>", "the same by who owns it on the chain: a name or an address")
        .option("--payment <number>", "list rows for this payment of the batch only", parseNumber)
        .option("--rows <number>", "rows to list for each inference", wholeNumber(1, 1000), 3)
        .option("--html <file>", "write a page that explains it, too"),
    usesKeys: true,
    run: async ({ dir, onProgress, keys }, options, [asked]) => {
      const workspace = workspaceAt(dir);
      const needed = options.rpc !== undefined || options.account !== undefined;
      const askedChain = await askChain(workspace, options, needed);
      const chain = askedChain.open;
      const position = await askedPosition(workspace, options, chain);
      const { bundles, payment } = askedBundles(workspace, asked);
      const marked = await withStatus(bundles, chain, needed && asked === undefined, workspace);
      if (marked.length === 0) {
        throw new TributaryError("TRB_CLI_BATCH_UNKNOWN", "Nothing was paid yet.", {
          details:
            chain === undefined || !needed
              ? "no batch of the workspace is proven"
              : "no batch is settled on the chain",
          hint: "Prove and settle what is committed: tributary prove, tributary settle",
        });
      }
      const onChain: ExplainOptions["onChain"] =
        chain && ((settlement, key) => chainFacts(chain.chain, chain.deployment, settlement, key));
      const result = await explainPayments(
        workspace,
        {
          bundles: marked,
          position,
          top: options.rows,
          payment: options.payment ?? payment,
          chain: await chainWord(workspace, askedChain, position),
          onChain,
          keys,
        },
        onProgress,
      );
      if (!result.ok) {
        const { batch, failures } = result;
        const lines = failures.map(({ code, message }) => `${code}: ${message}`);
        const text = [
          `Batch ${batch} cannot be explained: what is here is not what was proven.`,
          ...lines,
        ].join("\n");
        return { ok: false, data: { batch, failures }, text };
      }
      const { explanation } = result;
      if (options.html !== undefined) writeWhole(options.html, renderExplanation(explanation));
      const written = options.html === undefined ? "" : `\n\npage  ${options.html}`;
      return {
        ok: true,
        data: { explanation, meaning: meanings(explanation.batches) },
        text: `${explanationText(explanation)}${written}`,
      };
    },
  });
}
