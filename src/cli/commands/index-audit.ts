import type { Command } from "commander";
import { auditIndex } from "../../pipeline/audit-index.ts";
import { workspaceAt } from "../../pipeline/workspace.ts";
import { addCommand } from "../command.ts";
import { wholeNumber } from "../row-options.ts";

/** `tributary index audit`: whether an index is what its data, its model and its manifest give. */
export function registerAudit(index: Command): void {
  addCommand<{ index?: number; phiOnly?: boolean }>(index, {
    usage: "audit",
    summary: "build an index again and compare it bit for bit: exit code 0 if it is the same, 1 if not",
    example: "tributary index audit\ntributary index audit --index 2 --phi-only",
    options: (command) =>
      command
        .option("--index <number>", "the index here (default: the newest)", wholeNumber(1, 1e6))
        .option("--phi-only", "leave the commitment out: what can be said without the blinding seed"),
    run: async ({ dir, onProgress }, { index: epoch, phiOnly }) => {
      const audit = await auditIndex(workspaceAt(dir), { epoch, phiOnly }, onProgress);
      const { differences, index: number, rows, commitment } = audit;
      const ok = differences.length === 0;
      const same = `Index ${number} is what its ${rows} rows give, bit for bit${commitment ? ", and so is its commitment" : "; the commitment was not checked"}.`;
      const lines = differences.map(({ code, details }) => `${code}: ${details}`);
      const text = ok ? same : [`Index ${number} is not what its data give.`, ...lines].join("\n");
      return { ok, data: { ...audit }, text };
    },
  });
}
