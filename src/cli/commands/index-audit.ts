import type { Command } from "commander";
import { auditIndex } from "../../operations/index/audit-index.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { addCommand } from "../command.ts";
import { wholeNumber } from "../row-options.ts";

/** `tributary index audit`: whether an index is what its data, its model and its manifest give. */
export function registerAudit(index: Command): void {
  addCommand<{ index?: number; phiOnly?: boolean; skipTraining?: boolean; search?: boolean }>(index, {
    usage: "audit",
    summary:
      "train the model and build its index again, and compare both bit for bit: exit code 0 if it is the same, 1 if not",
    example:
      "tributary index audit\ntributary index audit --index 2 --phi-only\ntributary index audit --skip-training",
    options: (command) =>
      command
        .option("--index <number>", "the index here (default: the newest)", wholeNumber(1, 1e6))
        .option("--phi-only", "leave the commitment out: what can be said without the blinding seed")
        .option(
          "--skip-training",
          "take the model as it is: says nothing about whether its rows give it, in a fraction of the time",
        )
        .option("--search", "make the search for λ again that the manifest records, where it does"),
    interruption: "process",
    run: async ({ dir, onProgress }, { index: epoch, phiOnly, skipTraining, search }) => {
      const audit = await auditIndex(workspaceAt(dir), { epoch, phiOnly, skipTraining, search }, onProgress);
      const { differences, index: number, rows, commitment, trained, search: searched } = audit;
      const ok = differences.length === 0;
      const left = [
        ...(commitment ? [] : ["the commitment was not checked"]),
        ...(trained > 0 ? [] : ["the model was not trained again"]),
        ...(searched === "recorded" ? ["its search for λ was not made again (--search)"] : []),
      ];
      const checked = [...(trained > 0 ? ["its model"] : []), ...(commitment ? ["its commitment"] : [])];
      const also =
        checked.length > 0 ? `, and so ${checked.length > 1 ? "are" : "is"} ${checked.join(" and ")}` : "";
      const same = `Index ${number} is what its ${rows} rows give, bit for bit${[also, ...left].join("; ")}.`;
      const lines = differences.map(({ code, details }) => `${code}: ${details}`);
      const text = ok ? same : [`Index ${number} is not what its data give.`, ...lines].join("\n");
      return { ok, data: { ...audit }, text };
    },
  });
}
