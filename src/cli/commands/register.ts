import { type Command, InvalidArgumentError, Option } from "commander";
import type { Hex } from "../../core/hex.ts";
import { DEFAULT_SPLIT } from "../../operations/fees.ts";
import { loadDataNetBody } from "../../operations/import.ts";
import { registerIndexOf } from "../../operations/index/register-index.ts";
import { readOwners } from "../../operations/owner-file.ts";
import type { RevenueSplit } from "../../settlement/model.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { type AccountOptions, addressOf, isDevelopment } from "../accounts.ts";
import { type ChainFlags, openSender, senderOptions } from "../chain.ts";
import { addCommand } from "../command.ts";
import { developmentAddress } from "../development.ts";
import { table } from "../output.ts";
import { wholeNumber } from "../row-options.ts";

interface Options extends ChainFlags, AccountOptions {
  readonly index?: number;
  readonly owners?: string;
  readonly operator: string;
  readonly split: RevenueSplit;
}

function parseSplit(text: string): RevenueSplit {
  const parts = text.split(",").map((part) => wholeNumber(0, 9999)(part.trim()));
  if (parts.length !== 4)
    throw new InvalidArgumentError("four numbers of basis points, such as 500,2000,300,200");
  const [platform, modelOwner, stakers, prover] = parts as [number, number, number, number];
  return { platform, modelOwner, stakers, prover };
}

/** Owners of positions 0, 1, …: from a file of names and addresses, or the development accounts. */
function ownersOf(contributors: readonly string[], file: string | undefined, development: boolean): Hex[] {
  if (file === undefined && development)
    return contributors.map((_, c) => developmentAddress(`contributor-${c}`));
  return readOwners(file, contributors);
}

/** `tributary register`: DataNet, positions, model and index on the chain, before the first payment. */
export function registerRegister(program: Command): void {
  addCommand<Options>(program, {
    usage: "register",
    summary: "put the DataNet, its positions, the model and the index on the chain",
    example: "tributary register --account model-owner",
    options: (command) =>
      senderOptions(command, "model-owner")
        .option("--index <number>", "the index here (default: the newest)", wholeNumber(1, 1e6))
        .option(
          "--owners <file>",
          "JSON object of contributors' names and addresses (default: development accounts)",
        )
        .option("--operator <name or address>", "who may commit batches under the index", "operator")
        .addOption(
          new Option(
            "--split <platform,owner,stakers,prover>",
            "what of a fee does not go to contributors, in basis points",
          )
            .argParser(parseSplit)
            .default(DEFAULT_SPLIT, "500,2000,300,200"),
        ),
    writes: ["registry"],
    sends: true,
    usesKeys: true,
    run: async ({ dir, onProgress, keys }, options) => {
      const workspace = workspaceAt(dir);
      const { chain, deployment, rpc } = await openSender(workspace, options);
      const location = { rpc, chainId: deployment.chainId };
      const datanet = loadDataNetBody(workspace);
      let gasUsed = 0n;
      const onMined = (mined: { readonly gasUsed: bigint }): void => {
        gasUsed += mined.gasUsed;
      };
      const { registered, datanetId } = await registerIndexOf(
        { workspace, sender: chain, deployment, onMined },
        {
          epoch: options.index,
          owners: ownersOf(datanet.contributors, options.owners, isDevelopment(location)),
          operator: addressOf(workspace, location, options.operator),
          split: options.split,
          keys,
        },
        onProgress,
      );
      const { indexId, modelId, positions } = registered;
      const text = table([
        ["DataNet", datanetId],
        ["model", modelId],
        ["index", `${indexId}, ${positions} positions`],
      ]);
      return { ok: true, gasUsed, data: { datanetId, modelId, indexId, positions }, text };
    },
  });
}
