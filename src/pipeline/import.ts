import { existsSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { appendVersion } from "../datanet/append.ts";
import { importDataNet } from "../datanet/import.ts";
import {
  type DataNetTable,
  readDataNet,
  readDataNetTable,
  readHeldOut,
  writeDataNet,
} from "../datanet/store.ts";
import type { Columns, DataNet, HeldOutRow, ImportOptions, Refusal } from "../datanet/types.ts";
import { TIER_NAMES, TIERS, type TierName } from "../params/tiers.ts";
import { listNames, type Workspace } from "./workspace.ts";

/** A file of rows, and how to read it. */
export interface RowSource {
  readonly file: string;
  readonly columns: Columns;
  /** Deal the rows to this many contributors instead of reading a column. */
  readonly contributors?: number | undefined;
  readonly heldOut?: ImportOptions["heldOut"] | undefined;
  readonly seed: number;
  readonly tier: TierName;
  readonly name?: string | undefined;
}

export interface Imported {
  readonly datanet: DataNet;
  readonly heldOut: readonly HeldOutRow[];
  readonly refusals: readonly Refusal[];
}

/** Reads a file of rows without writing anything. @throws TRB_DATANET_* */
export function readRows(source: RowSource, onProgress: OnProgress): Promise<Imported> {
  const { file, columns, contributors, heldOut, seed, tier } = source;
  return importDataNet({
    file,
    columns,
    seed,
    onProgress,
    name: source.name ?? basename(file, extname(file)),
    capacity: TIERS[tier].positions,
    ...(contributors === undefined ? {} : { contributors }),
    ...(heldOut === undefined ? {} : { heldOut }),
  });
}

/** Models, indexes and registered versions of a workspace speak of its DataNet: with them, it is not replaced by another. */
function requireReplaceable(workspace: Workspace, root: string): void {
  if (listNames(workspace.models, /^[1-9][0-9]*$/).length === 0) return;
  if (loadDataNet(workspace).datanet.versions.some((version) => version.root === root)) return;
  throw new TributaryError("TRB_PIPELINE_DATANET_IN_USE", "The workspace has models of another DataNet.", {
    details: workspace.dir,
    hint: "Add the rows as its next version with --append, or use another folder with --dir.",
  });
}

/** A new DataNet in the workspace: its first version. @throws TRB_PIPELINE_DATANET_IN_USE, TRB_DATANET_* */
export async function importVersion(
  workspace: Workspace,
  source: RowSource,
  onProgress: OnProgress,
): Promise<Imported> {
  const imported = await readRows(source, onProgress);
  requireReplaceable(workspace, imported.datanet.root);
  writeDataNet(workspace.datanet, imported.datanet, imported.heldOut);
  return imported;
}

/** The next version of the workspace's DataNet, with the rows of a file after those it has. @throws TRB_DATANET_* */
export async function importNextVersion(
  workspace: Workspace,
  source: Pick<RowSource, "file" | "columns">,
  onProgress: OnProgress,
): Promise<Imported> {
  const { datanet: before, heldOut } = loadDataNet(workspace);
  const { datanet, refusals } = await appendVersion(before, { ...source, onProgress }, heldOut);
  writeDataNet(workspace.datanet, datanet);
  return { datanet, heldOut, refusals };
}

/** @throws TRB_PIPELINE_MISSING */
function requireDataNet(workspace: Workspace): void {
  if (!existsSync(join(workspace.datanet, "manifest.json"))) {
    throw new TributaryError("TRB_PIPELINE_MISSING", "The workspace has no DataNet yet.", {
      details: workspace.datanet,
      hint: "Make it with: tributary datanet import FILE",
    });
  }
}

/** @throws TRB_PIPELINE_MISSING, and what reading a damaged DataNet throws */
export function loadDataNet(workspace: Workspace): { datanet: DataNet; heldOut: readonly HeldOutRow[] } {
  requireDataNet(workspace);
  return { datanet: readDataNet(workspace.datanet), heldOut: readHeldOut(workspace.datanet) };
}

/** The rows in columns, for what needs all of them in little memory. Throws as `loadDataNet`. */
export function loadDataNetTable(workspace: Workspace): DataNetTable {
  requireDataNet(workspace);
  return readDataNetTable(workspace.datanet);
}

/** The tier whose number of positions is a DataNet's capacity. @throws TRB_PIPELINE_CAPACITY */
export function tierOf({ capacity }: Pick<DataNet, "capacity">): TierName {
  const name = TIER_NAMES.find((tier) => TIERS[tier].positions === capacity);
  if (name !== undefined) return name;
  throw new TributaryError("TRB_PIPELINE_CAPACITY", "No tier has as many positions as this DataNet.", {
    details: String(capacity),
    hint: `Import it again with --tier ${TIER_NAMES.join(" or ")}.`,
  });
}
