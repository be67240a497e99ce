import { join } from "node:path";
import { type Command, Option } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { fetchPowersOfTau } from "../../operations/keys/fetch-powers.ts";
import { POWERS_OF_TAU, POWERS_OF_TAU_HOST, powersOfTauBytes } from "../../params/powers-of-tau.ts";
import { TIER_NAMES, type TierName } from "../../params/tiers.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";

interface Options {
  readonly tier: TierName;
  readonly url?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** Another place for the files, with a slash at its end. */
const HOST_VARIABLE = "TRIBUTARY_PTAU_HOST";

function urlOf(tier: TierName, given: string | undefined): URL {
  const text = given ?? `${process.env[HOST_VARIABLE] ?? POWERS_OF_TAU_HOST}${POWERS_OF_TAU[tier].name}`;
  const url = URL.parse(text);
  if (url !== null) return url;
  throw new TributaryError("TRB_FETCH_URL", "This is not a URL.", { details: text });
}

const needs = TIER_NAMES.map((tier) => {
  const { name, power } = POWERS_OF_TAU[tier];
  return `  ${tier.padEnd(6)} ${name}, ${Math.ceil(powersOfTauBytes(power) / 2 ** 20)} MiB`;
}).join("\n");

/** `tributary keys fetch`: a published phase-1 file, by its digest. */
export function registerKeysFetch(keys: Command): void {
  addCommand<Options>(keys, {
    usage: "fetch",
    standalone: true,
    interruption: "tidies",
    summary: "fetch the powers of tau that a ceremony starts from, and check their published digest",
    example: "tributary keys fetch --tier mini --out powers.ptau",
    options: (command) =>
      command
        .addOption(new Option("--tier <name>", "whose file").choices(TIER_NAMES).makeOptionMandatory())
        .option(
          "--url <url>",
          `where the file is (default: its name at $${HOST_VARIABLE} or ${POWERS_OF_TAU_HOST})`,
        )
        .option("--out <file>", "where to keep it (default: its name, in this folder)")
        .option("--force", "replace a file of that name")
        .addHelpText(
          "after",
          `\nThe smallest file of each tier; a larger one serves a smaller tier, too:\n${needs}`,
        ),
    run: async ({ onProgress, signal }, { tier, url, out, force = false }) => {
      const file = POWERS_OF_TAU[tier];
      const path = out ?? join(".", file.name);
      const from = urlOf(tier, url);
      const { bytes, resumedFrom } = await fetchPowersOfTau(file, {
        url: from,
        out: path,
        force,
        signal,
        onProgress,
      });
      const text = table([
        ["file", path],
        ["bytes", resumedFrom === 0 ? bytes : `${bytes}, ${resumedFrom} of them from an earlier run`],
        ["BLAKE2b-512", file.blake2b],
      ]);
      return {
        ok: true,
        data: { file: path, bytes, resumedFrom, blake2b: file.blake2b, power: file.power },
        text,
      };
    },
  });
}
