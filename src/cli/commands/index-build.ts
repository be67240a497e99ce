import { type Command, Option } from "commander";
import { DUPLICATE_RULES, type DuplicateRule } from "../../attribution/duplicate-weights.ts";
import { DEFAULT_METHOD } from "../../pipeline/attribution/options.ts";
import { buildIndex } from "../../pipeline/build-index.ts";
import { workspaceAt } from "../../pipeline/workspace.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { seedOption, wholeNumber } from "../row-options.ts";

/** `tributary index build`: the integers that say how much each position's data speaks for an answer. */
export function registerIndex(program: Command): void {
  const index = program.command("index").description("the attribution index");

  addCommand<{ model?: number; seed: number; nearDuplicates: DuplicateRule }>(index, {
    usage: "build",
    summary: "build the attribution index of a model and commit to it",
    example: "tributary index build",
    options: (command) =>
      command
        .option("--model <number>", "the model here (default: the newest)", wholeNumber(1, 1e6))
        .addOption(seedOption())
        .addOption(
          new Option(
            "--near-duplicates <rule>",
            "rows that say the same share one row's reward, or the first has it, or each earns",
          )
            .choices(DUPLICATE_RULES)
            .default(DEFAULT_METHOD.nearDuplicates),
        ),
    writes: true,
    run: async ({ dir, onProgress }, { model, seed, nearDuplicates }) => {
      const built = await buildIndex(
        workspaceAt(dir),
        { epoch: model, method: { seed, nearDuplicates } },
        onProgress,
      );
      const { number, index: phi, digest, commitment } = built;
      // Without the digest of Φ: whoever reads it in a log could confirm a guess of Φ.
      const { phi: _secret, ...manifest } = built.manifest;
      const text = table([
        ["index", `${number}, tier ${phi.tier}, ${phi.assigned} of ${phi.positions} positions`],
        [
          "rows",
          `${manifest.rows}, ${manifest.rows - manifest.nearDuplicates.clusters} of them near-duplicates (${nearDuplicates})`,
        ],
        ["commitment", `0x${commitment.x.toString(16).padStart(64, "0")} (x)`],
        ["manifest", digest],
      ]);
      return { ok: true, data: { index: number, digest, commitment, manifest }, text };
    },
  });
}
