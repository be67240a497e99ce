import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { TributaryError } from "../../core/errors.ts";
import { requireFree } from "../../files/aside.ts";
import { DEVICES, type Device } from "../../numeric/onnx/device.ts";
import { type AuditedFile, auditFile, fileHolds } from "../../operations/audit/audit-file.ts";
import { exportAudit } from "../../operations/audit/export.ts";
import { loadRegistry } from "../../workspace/registry.ts";
import { pickNumber, workspaceAt } from "../../workspace/workspace.ts";
import { type AuditFlags, auditGround, auditOptions } from "../audit-chain.ts";
import { type ChainFlags, chainOptions, openReader } from "../chain.ts";
import { addCommand } from "../command.ts";
import { wholeNumber } from "../row-options.ts";
import { batchLines, loudly, notChecked } from "./batch-audit.ts";
import { indexText } from "./index-audit.ts";

interface Options extends AuditFlags {
  readonly device: Device;
  readonly skipTraining?: boolean;
}

function textOf(audited: AuditedFile): string {
  const { about, findings, index, batches, bundles, absent } = audited;
  const proofs = bundles.map(({ batch, findings: found }) =>
    found.length === 0
      ? `proof of batch ${batch}: holds`
      : `proof of batch ${batch}: REFUSED\n${found.map(({ code, message }) => `  FALSE ${code}: ${message}`).join("\n")}`,
  );
  return [
    about === undefined
      ? "This is no audit file."
      : `index ${about.indexId} of chain ${about.chainId}, ${about.batches.length} batches`,
    ...findings.map(({ code, message }) => `FALSE ${code}: ${message}`),
    ...(index === undefined ? [] : [indexText(index)]),
    ...(batches.length === 0 ? [] : [batchLines(batches)]),
    ...proofs,
    ...(absent ?? []).map((name) => `NOT IN THE FILE: batch ${name}, which the chain has of this index`),
    fileHolds(audited) ? "Nothing in this file was found to be false." : "This file is false.",
  ].join("\n");
}

/** `tributary audit FILE`: what an operator's audit file says, checked by anybody. */
function registerFile(program: Command): void {
  addCommand<Options>(program, {
    usage: "audit <file>",
    summary:
      "check an audit file, which its maker is not trusted for: train and build its index again, run its requests again, verify its proofs: exit code 0 if all of it holds, 1 if not",
    example:
      "tributary audit index-1.audit --rpc http://127.0.0.1:8545 --deployment deployment.json\n" +
      "tributary audit index-1.audit --offline",
    options: (command) =>
      auditOptions(command)
        .addOption(
          new Option("--device <name>", "where the models run; one that is not there is refused")
            .choices(DEVICES)
            .default("cpu"),
        )
        .option("--skip-training", "take the model as it is: says nothing about whether its rows give it"),
    usesKeys: true,
    interruption: "process",
    run: async ({ dir, onProgress, keys }, { device, skipTraining, ...flags }, [file]) => {
      const ground = await auditGround(workspaceAt(dir), flags, keys);
      const { chain } = ground;
      const audited = await auditFile(resolve(file!), { chain, keys, device, skipTraining }, onProgress);
      const left = notChecked({ chain, deployment: undefined });
      return {
        ok: fileHolds(audited),
        data: { ...audited, notChecked: left },
        text: [textOf(audited), ...loudly(left)].join("\n"),
      };
    },
  });
}

interface ExportFlags extends ChainFlags {
  readonly index?: number;
  readonly indexOnly?: boolean;
  readonly out?: string;
}

/** What an audit file tells whoever has it; docs/operations.md has the whole list. */
const REVEALS = [
  "It reveals the rows (without names), the model, Φ and its blinding seed.",
  "Of each payment it reveals request, answer, payer and trace: give it to auditors only.",
];

/** `tributary audit export`: one file for an auditor, by the operator. */
function registerExport(audit: Command): void {
  addCommand<ExportFlags>(audit, {
    usage: "export",
    summary: "write one file with what an auditor needs of an index and its batches, and no other secret",
    example: "tributary audit export --out index-1.audit\ntributary audit export --index 2 --index-only",
    options: (command) =>
      chainOptions(command)
        .option("--index <number>", "the index here (default: the newest)", wholeNumber(1, 1e6))
        .option("--index-only", "leave the batches out: no request, answer or trace is revealed")
        .option("--out <file>", "the file, which must not be there (default: index-N.audit)"),
    run: async ({ dir }, { index: asked, indexOnly, out, ...flags }) => {
      const workspace = workspaceAt(dir);
      const index = pickNumber(workspace.indexes, asked, "index", "tributary index build");
      const path = resolve(out ?? `index-${index}.audit`);
      requireFree(path, false);
      const { chain, deployment } = await openReader(workspace, flags);
      const registered = (await loadRegistry(workspace, chain, deployment)).indexes[index];
      if (registered === undefined) {
        throw new TributaryError("TRB_CLI_INDEX_NOT_REGISTERED", "This index is not on the chain.", {
          details: String(index),
          hint: "Register it with: tributary register",
        });
      }
      const { indexId } = registered;
      const options = { index, indexId, chainId: chain.chainId, indexOnly, out: path };
      const written = await exportAudit(workspace, options);
      const reveals = indexOnly === true ? REVEALS.slice(0, 1) : REVEALS;
      const text = `${path}: ${written.files} files, ${written.bytes} bytes, ${written.batches.length} batches`;
      return { ok: true, data: { out: path, ...written, reveals }, text: [text, ...reveals].join("\n") };
    },
  });
}

/** `tributary audit` and `tributary audit export`. */
export function registerAuditFile(program: Command): void {
  registerFile(program);
  const audit = program.commands.find((command) => command.name() === "audit")!;
  // Otherwise --dir and --json after "export" would be taken for those of "audit".
  program.enablePositionalOptions();
  audit.enablePositionalOptions();
  registerExport(audit);
}
