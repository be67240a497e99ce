import { type Command, Option } from "commander";
import { DEVICES, type Device } from "../../numeric/onnx/device.ts";
import { type AuditedBatch, type AuditedTrace, auditBatches, holds } from "../../operations/audit-batches.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { askedBatches } from "../asked-batches.ts";
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

const lines = ({ batch, traces }: AuditedBatch): string =>
  [`batch ${batch}`, ...traces.map((trace) => `  ${line(trace)}`)].join("\n");

/** `tributary batch audit`: whether the traces of batches are what their models give. */
export function registerBatchAudit(batch: Command): void {
  addCommand<{ device: Device }>(batch, {
    usage: "audit [batch...]",
    summary:
      "run the requests of batches again (default: all) and compare their traces: exit code 0 if all agree, 1 if not",
    example:
      "tributary batch audit\ntributary batch audit 1-0 1-1\ntributary batch audit 1-0 --device webgpu",
    options: (command) =>
      command.addOption(
        new Option("--device <name>", "where the models run; one that is not there is refused")
          .choices(DEVICES)
          .default("cpu"),
      ),
    run: async ({ dir, onProgress }, { device }, asked) => {
      const workspace = workspaceAt(dir);
      const names = askedBatches(workspace, asked);
      const audited = await auditBatches(workspace, { names, device }, onProgress);
      const ok = audited.every(({ traces }) => traces.every(holds));
      return { ok, data: { audited }, text: audited.map(lines).join("\n") };
    },
  });
}
