import { type Command, Option } from "commander";
import { DEVICES, type Device } from "../../numeric/onnx/device.ts";
import { type AuditedBatch, auditBatches, batchHolds } from "../../operations/audit/batches.ts";
import type { AuditedTrace } from "../../operations/audit/traces.ts";
import { workspaceAt } from "../../workspace/workspace.ts";
import { askedBatches } from "../asked-batches.ts";
import { type AuditFlags, type AuditGround, auditGround, auditOptions } from "../audit-chain.ts";
import { addCommand } from "../command.ts";

const SAID = {
  same: "the same integers",
  rounding: "the same but for rounding",
} as const;

function agreed({ agreement }: AuditedTrace): string {
  if (agreement === undefined) return "NOT run again";
  const { verdict, differing, distance, reason, tied } = agreement;
  if (verdict === "different") return `NOT what the model gives, by its ${reason}`;
  const detail =
    verdict === "rounding" ? `, ${differing} entries, at most ${distance.toFixed(4)} of an entry off` : "";
  const tie = tied ? " (of two labels that are equally probable, at the one that was served)" : "";
  return `${SAID[verdict]}${detail}${tie}`;
}

function line(trace: AuditedTrace): string {
  const { number, label, failures } = trace;
  const about = `payment ${number}${label === undefined ? "" : ` (${label})`}: ${agreed(trace)}`;
  return [about, ...failures.map(({ code, message }) => `  FALSE ${code}: ${message}`)].join("\n  ");
}

/** Audited batches for people: what is false stands out. */
export const batchLines = (audited: readonly AuditedBatch[]): string =>
  audited
    .map(({ batch, status, findings, traces }) =>
      [
        `batch ${batch}${status === undefined ? "" : ` (${status})`}`,
        ...findings.map(({ code, message }) => `  FALSE ${code}: ${message}`),
        ...traces.map((trace) => `  ${line(trace)}`),
      ].join("\n"),
    )
    .join("\n");

/** What an audit without a chain leaves open; empty with one. */
export function notChecked({ chain, deployment }: AuditGround): string[] {
  if (chain !== undefined) return [];
  return [
    "no chain was asked: whether these batches were committed, with these pools and this C_Φ",
    "whether the index was registered, with these rows, this model and this key",
    "whether payments were served after that, by an operator of the index, and what was settled",
    ...(deployment === undefined
      ? ["whether the receipts are signed: it is not known for which contracts"]
      : []),
  ];
}

export const loudly = (left: readonly string[]): string[] => left.map((one) => `NOT CHECKED: ${one}`);

interface Options extends AuditFlags {
  readonly device: Device;
}

/** `tributary batch audit`: whether the traces of batches are what their models give, and what the chain has. */
export function registerBatchAudit(batch: Command): void {
  addCommand<Options>(batch, {
    usage: "audit [batch...]",
    summary:
      "run the requests of batches again (default: all), compare their traces, and hold batches, receipts and payouts against the chain: exit code 0 if all agree, 1 if not",
    example:
      "tributary batch audit\ntributary batch audit 1-0 1-1\ntributary batch audit 1-0 --device webgpu\ntributary batch audit --offline",
    options: (command) =>
      auditOptions(command).addOption(
        new Option("--device <name>", "where the models run; one that is not there is refused")
          .choices(DEVICES)
          .default("cpu"),
      ),
    usesKeys: true,
    run: async ({ dir, onProgress, keys }, { device, ...flags }, asked) => {
      const workspace = workspaceAt(dir);
      const names = askedBatches(workspace, asked);
      const ground = await auditGround(workspace, flags, keys);
      const audited = await auditBatches(workspace, { names, device, ...ground }, onProgress);
      const left = notChecked(ground);
      return {
        ok: audited.every(batchHolds),
        data: { audited, notChecked: left },
        text: [batchLines(audited), ...loudly(left)].join("\n"),
      };
    },
  });
}
