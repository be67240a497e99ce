import type { Command } from "commander";
import { type Audit, auditIndex } from "../../operations/index/audit-index.ts";
import { findRegistry } from "../../workspace/registry.ts";
import { pickNumber, type Workspace, workspaceAt } from "../../workspace/workspace.ts";
import { type AuditFlags, type AuditGround, auditGround, auditOptions } from "../audit-chain.ts";
import { addCommand } from "../command.ts";
import { wholeNumber } from "../row-options.ts";
import { loudly } from "./batch-audit.ts";

interface Options extends AuditFlags {
  readonly index?: number;
  readonly phiOnly?: boolean;
  readonly skipTraining?: boolean;
  readonly search?: boolean;
}

/** The registration that an index of the workspace is held against; undefined where there is none to ask for. */
async function registrationOf(workspace: Workspace, number: number, { chain }: AuditGround) {
  if (chain === undefined) return undefined;
  const registry = await findRegistry(workspace, chain.reader, chain.deployment);
  const indexId = registry?.indexes[number]?.indexId;
  return indexId === undefined ? undefined : { chain, indexId };
}

/** What an audit of an index leaves open. */
function leftOpen({ registered, rows }: Audit, chain: AuditGround["chain"]): string[] {
  if (registered !== undefined || rows === undefined) return [];
  const what = "whether this index, its rows, its model and its C_Φ are the registered ones";
  return [chain === undefined ? `no chain was asked: ${what}` : `it is not registered there: ${what}`];
}

/** An audit of an index for people. */
export function indexText(audit: Audit): string {
  const { differences, index: number, rows, commitment, trained, registered, search } = audit;
  if (differences.length > 0) {
    const lines = differences.map(({ code, details }) => `${code}: ${details}`);
    return [`Index ${number} is not what its data give.`, ...lines].join("\n");
  }
  const left = [
    ...(commitment ? [] : ["the commitment was not checked"]),
    ...(trained > 0 ? [] : ["the model was not trained again"]),
    ...(search === "recorded" ? ["its search for λ was not made again (--search)"] : []),
  ];
  const checked = [
    ...(trained > 0 ? ["its model"] : []),
    ...(commitment ? ["its commitment"] : []),
    ...(registered === undefined ? [] : [`its registration as index ${registered}`]),
  ];
  const also =
    checked.length > 0 ? `, and so ${checked.length > 1 ? "are" : "is"} ${checked.join(" and ")}` : "";
  return `Index ${number} is what its ${rows} rows give, bit for bit${[also, ...left].join("; ")}.`;
}

/** `tributary index audit`: whether an index is what its data, its model and its manifest give, and what was registered. */
export function registerAudit(index: Command): void {
  addCommand<Options>(index, {
    usage: "audit",
    summary:
      "train the model and build its index again, compare both bit for bit, and hold them against the registration: exit code 0 if it is the same, 1 if not",
    example:
      "tributary index audit\ntributary index audit --index 2 --phi-only\ntributary index audit --skip-training --offline",
    options: (command) =>
      auditOptions(command)
        .option("--index <number>", "the index here (default: the newest)", wholeNumber(1, 1e6))
        .option("--phi-only", "leave the commitment out: what can be said without the blinding seed")
        .option(
          "--skip-training",
          "take the model as it is: says nothing about whether its rows give it, in a fraction of the time",
        )
        .option("--search", "make the search for λ again that the manifest records, where it does"),
    interruption: "process",
    usesKeys: true,
    run: async ({ dir, onProgress, keys }, { index, phiOnly, skipTraining, search, ...flags }) => {
      const workspace = workspaceAt(dir);
      const epoch = pickNumber(workspace.indexes, index, "index", "tributary index build");
      const ground = await auditGround(workspace, flags, keys);
      const registered = await registrationOf(workspace, epoch, ground);
      const options = { epoch, phiOnly, skipTraining, search, keys, registered };
      const audit = await auditIndex(workspace, options, onProgress);
      const left = leftOpen(audit, ground.chain);
      const ok = audit.differences.length === 0;
      return {
        ok,
        data: { ...audit, notChecked: left },
        text: [indexText(audit), ...loudly(left)].join("\n"),
      };
    },
  });
}
