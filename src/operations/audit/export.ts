import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { linesOfRows, openDataNet, writeLines } from "../../datanet/folder.ts";
import type { Manifest } from "../../datanet/manifest.ts";
import type { FileRow } from "../../datanet/row-files.ts";
import { withTemporaryFolder } from "../../files/temporary-folder.ts";
import { batchNames, bundlePath, loadBatch } from "../../workspace/batches.ts";
import { loadIndex } from "../../workspace/index-files.ts";
import { listNames, type Workspace } from "../../workspace/workspace.ts";
import { type ArchiveAbout, writeArchive } from "./archive.ts";

interface Entry {
  readonly name: string;
  readonly path: string;
}

export interface ExportOptions {
  /** Number of the index here. */
  readonly index: number;
  readonly chainId: bigint;
  readonly indexId: bigint;
  /** Whether requests, answers and traces stay out: then the index alone can be audited. */
  readonly indexOnly?: boolean | undefined;
  readonly out: string;
}

export interface Exported extends ArchiveAbout {
  readonly files: number;
  readonly bytes: number;
}

/** Files of a folder, not of those in it. */
const filesOf = (workspace: Workspace, folder: string): Entry[] =>
  readdirSync(join(workspace.dir, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => ({ name: `${folder}/${name}`, path: join(workspace.dir, folder, name) }));

const withFile = (workspace: Workspace, name: string): Entry => ({ name, path: join(workspace.dir, name) });

/**
 * The rows that an index was built of, and no others, in a folder of their own: a row's leaf binds its features, label and
 * position, not the contributor's name, nor the line of the file that it came from. Both stay with the operator, and so do the rows
 * that are held out.
 */
function rowsOnly(from: string, version: number, to: string): void {
  const { body, rows } = openDataNet(from);
  const versions = body.versions.slice(0, version);
  const { contributors, rows: count } = versions.at(-1)!;
  const own: Manifest = {
    ...body,
    versions,
    contributors: Array.from({ length: contributors }, (_, c) => `position-${c}`),
    dealing: null,
  };
  function* first(): Generator<FileRow> {
    let line = 0;
    for (const row of rows()) if (++line <= count) yield { ...row, line };
  }
  writeLines(to, own, linesOfRows(own, first()), []);
}

function indexFiles(workspace: Workspace, index: number): Entry[] {
  const [model, built] = [`model/${index}`, `index/${index}`];
  const members = listNames(join(workspace.models, String(index), "members"), /^[1-9][0-9]*$/);
  const folders = [
    `${model}/base`,
    `${model}/adapter`,
    ...members.map((m) => `${model}/members/${m}`),
    `${built}/index`,
    `${built}/sketch`,
  ];
  return [
    ...folders.flatMap((folder) => filesOf(workspace, folder)),
    withFile(workspace, `${model}/evaluation.json`),
    withFile(workspace, `${built}/commitment.json`),
  ];
}

function batchFiles(workspace: Workspace, name: string): Entry[] {
  const { statement } = loadBatch(workspace, name);
  const traces = statement.traces.map(
    (_, q) => `traces/${statement.indexId}-${statement.n0 + BigInt(q)}.json`,
  );
  const proof = existsSync(bundlePath(workspace, name)) ? [`proofs/${name}.json`] : [];
  return [`batches/${name}.statement.json`, `batches/${name}.json`, ...traces, ...proof].map((file) =>
    withFile(workspace, file),
  );
}

/**
 * Writes one file with what somebody needs who audits an index and its batches without the workspace: docs/operations.md says what
 * it reveals. Keys, other indexes, requests that are in no batch, contributors' names and rows held out are not in it.
 *
 * @throws TRB_WORKSPACE_MISSING, TRB_FILE_EXISTS, and what loading index and batches throws
 */
export async function exportAudit(
  workspace: Workspace,
  { index, chainId, indexId, indexOnly = false, out }: ExportOptions,
): Promise<Exported> {
  const { manifest } = loadIndex(workspace, index);
  const own = (name: string): boolean => loadBatch(workspace, name).statement.indexId === indexId;
  const batches = indexOnly ? [] : batchNames(workspace).filter(own);
  return withTemporaryFolder("tributary-export", async (folder) => {
    rowsOnly(workspace.datanet, manifest.datanet.version, join(folder, "datanet"));
    const rows = readdirSync(join(folder, "datanet")).map((name) => ({
      name: `datanet/${name}`,
      path: join(folder, "datanet", name),
    }));
    const entries = [
      ...rows,
      ...indexFiles(workspace, index),
      ...batches.flatMap((name) => batchFiles(workspace, name)),
    ];
    const about = { chainId, indexId, index, batches };
    const { bytes } = await writeArchive(out, about, entries);
    return { ...about, files: entries.length, bytes };
  });
}
