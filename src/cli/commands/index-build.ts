import type { Command } from "commander";
import type { RidgeSearchRecord } from "../../attribution/types.ts";
import { buildIndex } from "../../operations/index/build-index.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { addCommand } from "../command.ts";
import { addMethodOptions, type MethodFlags, methodFrom, searchFrom } from "../method-options.ts";
import { table } from "../output.ts";
import { wholeNumber } from "../row-options.ts";
import { registerAudit } from "./index-audit.ts";
import { registerIndexList } from "./index-list.ts";

const lds = ({ rows, contributors }: RidgeSearchRecord["tried"][number]): string =>
  `LDS ${rows.toFixed(3)} by rows, ${contributors.toFixed(3)} by contributors, on rows set aside`;

/** `tributary index build`: the integers that say how much each position's data speaks for an answer. */
export function registerIndex(program: Command): void {
  const index = program.command("index").description("the attribution index");

  addCommand<MethodFlags & { model?: number }>(index, {
    usage: "build",
    summary: "build the attribution index of a model and commit to it",
    example:
      "tributary index build\ntributary index build --method datainf --candidates 512\ntributary index build --ridge search",
    options: (command) =>
      addMethodOptions(
        command.option("--model <number>", "the model here (default: the newest)", wholeNumber(1, 1e6)),
      ),
    writes: ["indexes"],
    interruption: "process",
    usesKeys: true,
    run: async ({ dir, onProgress, keys }, { model, ...flags }) => {
      const built = await buildIndex(
        workspaceAt(dir),
        { epoch: model, method: methodFrom(flags), search: searchFrom(flags), keys },
        onProgress,
      );
      const { number, index: phi, digest, commitment } = built;
      // Without the digest of Φ: whoever reads it in a log could confirm a guess of Φ.
      const { phi: _secret, ...manifest } = built.manifest;
      const { method } = manifest;
      const text = table([
        ["index", `${number}, tier ${phi.tier}, ${phi.assigned} of ${phi.positions} positions`],
        ["rows", manifest.rows],
        ...(manifest.adapters.length > 1 ? [["members", manifest.adapters.length] as const] : []),
        ["method", `${method.name}, λ ${method.ridge}, ${method.rank} of ${method.columns} columns`],
        ...(method.search?.tried ?? []).map(
          (one) => [`tried λ ${one.ridge.toPrecision(3)}`, lds(one)] as const,
        ),
        ["commitment", `0x${commitment.x.toString(16).padStart(64, "0")} (x)`],
        ["manifest", digest],
      ]);
      return { ok: true, data: { index: number, digest, commitment, manifest }, text };
    },
  });
  registerIndexList(index);
  registerAudit(index);
}
