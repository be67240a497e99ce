import { closeSync, existsSync } from "node:fs";
import { TributaryError } from "../../core/errors.ts";
import type { OnProgress } from "../../core/progress.ts";
import { openRegular } from "../../files/bounded.ts";
import { explainFileError } from "../../files/disk.ts";
import { withTemporaryFolder } from "../../files/temporary-folder.ts";
import type { Device } from "../../numeric/onnx/device.ts";
import { readBatches } from "../../settlement/batch.ts";
import { batchName, bundlePath, hasBatch, loadBatch } from "../../workspace/batches.ts";
import { type Workspace, workspaceAt } from "../../workspace/workspace.ts";
import { bundleSource } from "../bundle-source.ts";
import { chainFacts } from "../chain-facts.ts";
import { type Audit, auditIndex } from "../index/audit-index.ts";
import type { KeySource } from "../keys/key-source.ts";
import { type Expectation, verifyBundleText } from "../verify.ts";
import { type ArchiveAbout, extractArchive } from "./archive.ts";
import { type AuditedBatch, auditBatches, batchHolds } from "./batches.ts";
import { type Finding, orFinding } from "./findings.ts";
import type { AuditChain } from "./registration.ts";

export interface FileAuditOptions {
  readonly chain?: AuditChain | undefined;
  readonly keys?: KeySource | undefined;
  readonly device?: Device | undefined;
  readonly skipTraining?: boolean | undefined;
}

/** A proof bundle of an audit file. */
export interface AuditedBundle {
  readonly batch: string;
  readonly findings: readonly Finding[];
}

export interface AuditedFile {
  /** Undefined where the file is none. */
  readonly about: ArchiveAbout | undefined;
  /** What is false about the file as a whole. */
  readonly findings: readonly Finding[];
  readonly index: Audit | undefined;
  readonly batches: readonly AuditedBatch[];
  readonly bundles: readonly AuditedBundle[];
  /** Batches that the chain has of this index and the file has not; undefined where no chain was asked. */
  readonly absent: readonly string[] | undefined;
}

/** Whether nothing in an audit file was found to be false. What it leaves out is another question: `absent`. */
export const fileHolds = ({ findings, index, batches, bundles }: AuditedFile): boolean =>
  findings.length === 0 &&
  index?.differences.length === 0 &&
  batches.every(batchHolds) &&
  bundles.every((bundle) => bundle.findings.length === 0);

/** What is not in the file cannot be checked: who made it left it out. Not so a device that this machine has not. */
const LEFT_OUT = /_MISSING$|_FILE_NOT_FOUND$/;

async function orLeftOut<T>(read: () => Promise<T>): Promise<{ readonly value: T } | Finding> {
  try {
    return await orFinding(read);
  } catch (error) {
    if (!(error instanceof TributaryError) || !LEFT_OUT.test(error.code)) throw error;
    const message = `the file lacks what is needed: ${error.message} ${error.details ?? ""}`;
    return { code: "TRB_AUDIT_FILE", message };
  }
}

async function auditBundles(
  workspace: Workspace,
  names: readonly string[],
  { chain, keys }: FileAuditOptions,
): Promise<AuditedBundle[]> {
  const audited: AuditedBundle[] = [];
  for (const batch of names) {
    const path = bundlePath(workspace, batch);
    if (!existsSync(path)) continue;
    const expectation: Expectation =
      chain === undefined
        ? { kind: "statement", of: async () => loadBatch(workspace, batch).statement }
        : {
            kind: "chain",
            of: (settlement, key) => chainFacts(chain.reader, chain.deployment, settlement, key),
          };
    const { failures } = await verifyBundleText(bundleSource(path), expectation, keys);
    audited.push({ batch, findings: failures });
  }
  return audited;
}

/** @throws TRB_FILE_NOT_FOUND, TRB_FILE_ACCESS, TRB_FILE_NOT_A_FILE: then there is nothing to be judged */
function requireFile(path: string): void {
  try {
    closeSync(openRegular(path).descriptor);
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/**
 * Audits an index and its batches from a file that the one who is audited wrote: nothing in it is trusted. Its index is trained and
 * built again, its requests are run again, its proofs are verified, and all of it is held against the chain, where one is given.
 *
 * @throws TRB_FILE_NOT_FOUND, TRB_FILE_NOT_A_FILE, TRB_MODEL_DEVICE, and what asking the chain throws; whatever is wrong with the file is a finding
 */
export async function auditFile(
  path: string,
  options: FileAuditOptions,
  onProgress: OnProgress,
): Promise<AuditedFile> {
  requireFile(path);
  return withTemporaryFolder("tributary-audit", async (folder) => {
    const nothing = { index: undefined, batches: [], bundles: [], absent: undefined };
    const opened = await orFinding(() => extractArchive(path, folder));
    if ("code" in opened) return { about: undefined, findings: [opened], ...nothing };
    const about = opened.value;
    const workspace = workspaceAt(folder);
    const { chain, keys, device, skipTraining } = options;
    const { index: epoch, indexId } = about;
    const registered = chain && { chain, indexId };
    const findings: Finding[] = [];
    const take = <T>(found: { readonly value: T } | Finding): T | undefined => {
      if ("value" in found) return found.value;
      findings.push(found);
      return undefined;
    };
    const index = take(
      await orLeftOut(() => auditIndex(workspace, { epoch, skipTraining, keys, registered }, onProgress)),
    );
    const lost = about.batches.filter((name) => !hasBatch(workspace, name));
    for (const name of lost) findings.push({ code: "TRB_AUDIT_FILE", message: `batch ${name} is not there` });
    const names = about.batches.filter((name) => !lost.includes(name));
    const audit = () => auditBatches(workspace, { names, device, chain }, onProgress);
    const batches = take(await orLeftOut(audit)) ?? [];
    const bundles = take(await orLeftOut(() => auditBundles(workspace, names, options))) ?? [];
    const absent = chain && (await absentBatches(chain, about));
    return { about, findings, index, batches, bundles, absent };
  });
}

/** Who chooses what goes into the file can leave out what does not look good. */
async function absentBatches({ reader, deployment }: AuditChain, about: ArchiveAbout): Promise<string[]> {
  const there = await readBatches(reader, deployment, about.indexId);
  return there.map(({ statement }) => batchName(statement)).filter((name) => !about.batches.includes(name));
}
