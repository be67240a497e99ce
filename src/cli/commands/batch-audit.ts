import { type Command, Option } from "commander";
import { DEVICES, type Device } from "../../core/device.ts";
import { TributaryError } from "../../core/errors.ts";
import { type AuditedTrace, auditBatch, holds } from "../../pipeline/audit-batch.ts";
import { batchNames, hasBatch } from "../../pipeline/batches.ts";
import { workspaceAt } from "../../pipeline/workspace.ts";
import { addCommand } from "../command.ts";

const SAID = {
  same: "the same integers",
  rounding: "the same but for rounding",
} as const;

function line({ number, label, agreement, failures }: AuditedTrace): string {
  const about = `payment ${number} (${label})`;
  if (agreement === undefined) return `${about}: ${failures.map(({ message }) => message).join("; ")}`;
  const { verdict, differing, distance, reason, tied } = agreement;
  if (verdict === "different") return `${about}: NOT what the model gives, by its ${reason}`;
  const detail =
    verdict === "rounding" ? `, ${differing} entries, at most ${distance.toFixed(4)} of an entry off` : "";
  const tie = tied ? " (of two labels that are equally probable, at the one that was served)" : "";
  return `${about}: ${SAID[verdict]}${detail}${tie}`;
}

/** `tributary batch audit`: whether the traces of a batch are what its model gives. */
export function registerBatchAudit(batch: Command): void {
  addCommand<{ device: Device }>(batch, {
    usage: "audit <name>",
    summary: "run a batch's requests again and compare their traces: exit code 0 if they agree, 1 if not",
    example: "tributary batch audit 1-0\ntributary batch audit 1-0 --device webgpu",
    options: (command) =>
      command.addOption(
        new Option("--device <name>", "where the model runs; one that is not there is refused")
          .choices(DEVICES)
          .default("cpu"),
      ),
    run: async ({ dir, onProgress }, { device }, [name]) => {
      const workspace = workspaceAt(dir);
      if (!hasBatch(workspace, name!)) {
        throw new TributaryError("TRB_CLI_BATCH_UNKNOWN", "There is no such batch here.", {
          details: name!,
          hint: `Batches here: ${batchNames(workspace).join(", ") || "none"}`,
        });
      }
      const traces = await auditBatch(workspace, { name: name!, device }, onProgress);
      return { ok: traces.every(holds), data: { batch: name, traces }, text: traces.map(line).join("\n") };
    },
  });
}
