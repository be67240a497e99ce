import { type Command, Option } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { DEVICES, type Device } from "../../numeric/onnx/device.ts";
import { formatOpen } from "../../operations/fees.ts";
import { loadDataNetBody } from "../../operations/import.ts";
import { parseRequest, readRequests } from "../../operations/request-file.ts";
import { type Served, serveRequests } from "../../operations/serve.ts";
import { encodeReceipt } from "../../settlement/receipt.ts";
import { certaintyOf } from "../../trace/certainty.ts";
import { loadRegistry, type Registry } from "../../workspace/registry.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { type AccountOptions, accountOptions, addressOf } from "../accounts.ts";
import { certainWords } from "../certain-words.ts";
import { type ChainFlags, chainOptions, openSender } from "../chain.ts";
import { addCommand } from "../command.ts";
import { feeOption, wholeNumber } from "../row-options.ts";
import { percent } from "./train.ts";

interface Options extends ChainFlags, AccountOptions {
  readonly requests?: string;
  readonly index?: number;
  readonly fee: bigint;
  readonly payer: string;
  readonly device: Device;
}

/** Contributors that are shown for each answer. */
const SHOWN = 3;

function newestIndex({ indexes }: Registry, asked: number | undefined) {
  const epoch = asked ?? Math.max(...Object.keys(indexes).map(Number));
  const registered = indexes[epoch];
  if (registered !== undefined) return { epoch, registered };
  throw new TributaryError("TRB_CLI_INDEX_NOT_REGISTERED", "This index is not on the chain.", {
    details: asked === undefined ? "none is" : String(asked),
    hint: "Register it with: tributary register",
  });
}

/** Positive scores of an answer as shares of its fee, highest first. */
function sharesOf({ scores }: Served["inference"], names: readonly string[]) {
  const positive = Array.from(scores, (score, position) => ({ position, score })).filter(
    ({ score }) => score > 0,
  );
  const weight = positive.reduce((sum, { score }) => sum + score, 0);
  return positive
    .sort((a, b) => b.score - a.score)
    .map(({ position, score }) => ({ position, name: names[position] ?? "", share: score / weight }));
}

/** `tributary infer`: answers requests for a fee, and keeps of each what its fee will be split by. */
export function registerInfer(program: Command): void {
  addCommand<Options>(program, {
    usage: "infer [request...]",
    summary: "answer requests, each for a fee; their traces wait for a batch",
    example:
      'tributary infer "When does the last ferry leave?"\n' +
      "tributary infer --requests requests.jsonl --fee 0.02 --payer payer",
    options: (command) =>
      accountOptions(chainOptions(command), "operator")
        .option(
          "--requests <file>",
          "JSONL: a text or a list of numbers a line, or objects with text or features",
        )
        .option(
          "--index <number>",
          "the index here (default: the newest that is registered)",
          wholeNumber(1, 1e6),
        )
        .addOption(feeOption())
        .addOption(
          new Option("--device <name>", "where the model runs; one that is not there is refused")
            .choices(DEVICES)
            .default("cpu"),
        )
        .option("--payer <name or address>", "who pays", "payer"),
    writes: ["traces"],
    run: async ({ dir, onProgress }, options, args) => {
      const workspace = workspaceAt(dir);
      const datanet = loadDataNetBody(workspace);
      const requests = [
        ...args.map((text) => parseRequest(text, datanet.kind)),
        ...(options.requests === undefined ? [] : readRequests(options.requests)),
      ];
      if (requests.length === 0) {
        throw new TributaryError("TRB_CLI_USAGE", "There is nothing to answer.", {
          hint: "Give a request as an argument, or --requests FILE.",
        });
      }
      const { chain, deployment, rpc, account } = await openSender(workspace, options);
      const { epoch, registered } = newestIndex(
        await loadRegistry(workspace, chain, deployment),
        options.index,
      );
      const payer = addressOf(workspace, { rpc, chainId: deployment.chainId }, options.payer);
      const service = { workspace, reader: chain, deployment, operator: account };
      const served = await serveRequests(
        service,
        { epoch, registered, fee: options.fee, payer, device: options.device },
        requests,
        onProgress,
      );
      const answers = served.map(({ trace, inference }) => ({
        number: trace.record.number,
        label: trace.label,
        probability: trace.probability,
        fee: trace.record.fee,
        pool: trace.record.pool,
        commitment: trace.commitment,
        shares: sharesOf(inference, datanet.contributors),
        receipt: parseJson(encodeReceipt(trace.receipt)) as unknown,
      }));
      const lines = answers.map(({ number, label, probability, pool, shares }) => {
        const top = shares.slice(0, SHOWN).map(({ name, share }) => `${name} ${percent(share)}`);
        const whom = top.length === 0 ? "nobody's rows helped it" : top.join(", ");
        return `payment ${number}: ${label} (${percent(probability)}); ${formatOpen(pool)} OPEN to share: ${whom}`;
      });
      const { certain, untraced } = certaintyOf(served.map(({ inference }) => inference));
      if (certain > 0) lines.push(`note: ${certainWords(certain, answers.length)}`);
      if (untraced > 0)
        lines.push(`note: ${untraced} of ${answers.length} traces are 0: their pools stay unattributed`);
      const data = { indexId: registered.indexId, answers, certain, untraced };
      return { ok: true, data, text: lines.join("\n") };
    },
  });
}
