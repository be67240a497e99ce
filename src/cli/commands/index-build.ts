import { type Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_DEFENCES, type Defences } from "../../attribution/defences.ts";
import { buildIndex } from "../../pipeline/build-index.ts";
import { workspaceAt } from "../../pipeline/workspace.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { seedOption, wholeNumber } from "../row-options.ts";

function percentile(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 100) return value;
  throw new InvalidArgumentError("a percentile above 0 and up to 100");
}

/** `tributary index build`: the integers that say how much each position's data speaks for an answer. */
export function registerIndex(program: Command): void {
  const index = program.command("index").description("the attribution index");

  addCommand<{ model?: number; seed: number } & Defences>(index, {
    usage: "build",
    summary: "build the attribution index of a model and commit to it",
    example: "tributary index build",
    options: (command) =>
      command
        .option("--model <number>", "the model here (default: the newest)", wholeNumber(1, 1e6))
        .addOption(seedOption())
        .addOption(
          new Option(
            "--near-duplicates <how>",
            "rows that say the same share one row's reward, or the first has it",
          )
            .choices(["share", "first", "off"])
            .default(DEFAULT_DEFENCES.nearDuplicates),
        )
        .addOption(
          new Option(
            "--normalise <how>",
            "relatif: all rows have the same length in the preconditioned space",
          )
            .choices(["none", "relatif"])
            .default(DEFAULT_DEFENCES.normalise),
        )
        .option(
          "--row-cap <percentile>",
          "shorten rows above this percentile of the rows' lengths in the preconditioned space; 100: none",
          percentile,
          DEFAULT_DEFENCES.rowCap,
        ),
    writes: true,
    run: async ({ dir, onProgress }, { model, seed, nearDuplicates, normalise, rowCap }) => {
      const defences: Defences = { nearDuplicates, normalise, rowCap };
      const built = await buildIndex(workspaceAt(dir), { epoch: model, seed, defences }, onProgress);
      const { number, index: phi, digest, commitment } = built;
      // Without the digest of Φ: whoever reads it in a log could confirm a guess of Φ.
      const { phi: _secret, ...manifest } = built.manifest;
      const text = table([
        ["index", `${number}, tier ${phi.tier}, ${phi.assigned} of ${phi.positions} positions`],
        ["rows", manifest.rows],
        ["commitment", `0x${commitment.x.toString(16).padStart(64, "0")} (x)`],
        ["manifest", digest],
      ]);
      return { ok: true, data: { index: number, digest, commitment, manifest }, text };
    },
  });
}
