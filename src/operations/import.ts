import { existsSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { TributaryError } from "../core/errors.ts";
import type { OnProgress } from "../core/progress.ts";
import { draftNext, requireKind } from "../datanet/append.ts";
import { readBefore, writeFirst, writeNext } from "../datanet/draft-store.ts";
import type { DataNetDraft } from "../datanet/draft-types.ts";
import { bodyOf, type OpenDataNet, openDataNet } from "../datanet/folder.ts";
import { draftFirst, importDataNet } from "../datanet/import.ts";
import type { Refusals } from "../datanet/refusals.ts";
import { SpilledFeatures } from "../datanet/spilled-features.ts";
import {
  type DataNetTable,
  readDataNet,
  readDataNetBody,
  readDataNetTable,
  readHeldOut,
} from "../datanet/store.ts";
import type {
  Columns,
  DataNet,
  DataNetBody,
  Dialect,
  HeldOutRow,
  ImportOptions,
  ImportResult,
} from "../datanet/types.ts";
import { ensureFolder, withSpills } from "../files/disk.ts";
import { TIER_NAMES, TIERS, type TierName } from "../params/tiers.ts";
import { listNames, type Workspace } from "../workspace/workspace.ts";
import { passingOverBadRows, type Skipped } from "./bad-row-file.ts";

/** A file of rows, and how to read it. */
export interface RowSource {
  readonly file: string;
  readonly columns: Columns;
  readonly dialect?: Dialect | undefined;
  /** A file for rows that are wrong; without one, they end the import. */
  readonly skipBad?: string | undefined;
  /** Deal the rows to this many contributors instead of reading a column. */
  readonly contributors?: number | undefined;
  readonly heldOut?: ImportOptions["heldOut"] | undefined;
  readonly seed: number;
  readonly tier: TierName;
  readonly name?: string | undefined;
}

/** What an import has written; the rows are in the workspace. */
export interface Imported {
  readonly datanet: DataNetBody;
  /** Rows that are held out. */
  readonly heldOut: number;
  readonly refusals: Refusals;
  readonly skipped: Skipped;
}

const optionsOf = (source: RowSource, onProgress: OnProgress): ImportOptions => {
  const { file, columns, dialect = {}, contributors, heldOut, seed, tier } = source;
  return {
    file,
    columns,
    dialect,
    seed,
    onProgress,
    name: source.name ?? basename(file, extname(file)),
    capacity: TIERS[tier].positions,
    ...(contributors === undefined ? {} : { contributors }),
    ...(heldOut === undefined ? {} : { heldOut }),
  };
};

/** Reads a file of rows without writing anything. @throws TRB_DATANET_* */
export const readRows = (source: RowSource, onProgress: OnProgress): Promise<ImportResult> =>
  importDataNet(optionsOf(source, onProgress));

/** Models, indexes and registered versions of a workspace speak of its DataNet: with them, it is not replaced by another. */
function requireReplaceable(workspace: Workspace, root: string): void {
  if (listNames(workspace.models, /^[1-9][0-9]*$/).length === 0) return;
  requireDataNet(workspace);
  if (openDataNet(workspace.datanet).body.versions.some((version) => version.root === root)) return;
  throw new TributaryError("TRB_IMPORT_DATANET_IN_USE", "The workspace has models of another DataNet.", {
    details: workspace.dir,
    hint: "Add the rows as its next version with --append, or use another folder with --dir.",
  });
}

const importedOf = (
  { body, refusals }: DataNetDraft<string>,
  heldOut: number,
  skipped: Skipped,
): Imported => ({ datanet: bodyOf(body), heldOut, refusals, skipped });

/** Files that an import reads. */
const filesOf = ({ file, heldOut }: Pick<RowSource, "file" | "heldOut">): string[] =>
  heldOut !== undefined && "file" in heldOut ? [file, heldOut.file] : [file];

/** A new DataNet in the workspace: its first version. @throws TRB_IMPORT_DATANET_IN_USE, TRB_DATANET_* */
export async function importVersion(
  workspace: Workspace,
  source: RowSource,
  onProgress: OnProgress,
): Promise<Imported> {
  ensureFolder(workspace.dir);
  return withSpills(workspace.dir, async (open) => {
    const store = () => new SpilledFeatures(open());
    const { result: draft, skipped } = await passingOverBadRows(
      source.skipBad,
      filesOf(source),
      open,
      (onBadRow) => draftFirst({ ...optionsOf(source, onProgress), ...(onBadRow && { onBadRow }) }, store),
    );
    requireReplaceable(workspace, draft.body.versions[0]!.root);
    writeFirst(workspace.datanet, draft, onProgress);
    return importedOf(draft, draft.heldOut.lines.length, skipped);
  });
}

/** The next version of the workspace's DataNet, with the rows of a file after those it has. @throws TRB_IMPORT_TIER_SHRINKS, TRB_DATANET_* */
export async function importNextVersion(
  workspace: Workspace,
  source: Pick<RowSource, "file" | "columns" | "dialect" | "skipBad"> & {
    /** The tier that it grows to; that of the version before where undefined. */
    readonly tier?: TierName | undefined;
  },
  onProgress: OnProgress,
): Promise<Imported> {
  requireDataNet(workspace);
  return withSpills(workspace.dir, async (open) => {
    const { body, before, heldOut } = readBefore(workspace.datanet, (there) => requireKind(there, source));
    const store = () => new SpilledFeatures(open());
    const { file, columns, dialect = {} } = source;
    const { result: draft, skipped } = await passingOverBadRows(source.skipBad, [file], open, (onBadRow) => {
      const options = { file, columns, dialect, onProgress, ...(onBadRow && { onBadRow }) };
      return draftNext(grown(body, source.tier), before, options, store);
    });
    writeNext(workspace.datanet, draft, onProgress);
    return importedOf(draft, heldOut, skipped);
  });
}

/** Positions keep their numbers in a larger tier, so a DataNet grows; it never shrinks. */
function grown<T extends Pick<DataNet, "capacity">>(body: T, tier: TierName | undefined): T {
  if (tier === undefined || TIERS[tier].positions === body.capacity) return body;
  if (TIERS[tier].positions > body.capacity) return { ...body, capacity: TIERS[tier].positions };
  throw new TributaryError("TRB_IMPORT_TIER_SHRINKS", "A DataNet grows to a larger tier, and not back.", {
    details: `${tier} has ${TIERS[tier].positions} positions, the DataNet ${body.capacity}`,
    hint: "Leave --grow out, or name a larger tier.",
  });
}

/** Of a tier's positions, from which part on it is said what comes next. */
const NEARLY_FULL = 0.8;

/** The tier that a DataNet should grow to soon: undefined while it has room. "none" is the largest tier's end. */
export function nextTier(
  datanet: Pick<DataNetBody, "capacity" | "contributors">,
): TierName | "none" | undefined {
  if (datanet.contributors.length < NEARLY_FULL * datanet.capacity) return undefined;
  return TIER_NAMES.find((name) => TIERS[name].positions > datanet.capacity) ?? "none";
}

/** @throws TRB_WORKSPACE_MISSING */
function requireDataNet(workspace: Workspace): void {
  if (!existsSync(join(workspace.datanet, "manifest.json"))) {
    throw new TributaryError("TRB_WORKSPACE_MISSING", "The workspace has no DataNet yet.", {
      details: workspace.datanet,
      hint: "Make it with: tributary datanet import FILE",
    });
  }
}

/** @throws TRB_WORKSPACE_MISSING, and what reading a damaged DataNet throws */
export function loadDataNet(workspace: Workspace): { datanet: DataNet; heldOut: readonly HeldOutRow[] } {
  requireDataNet(workspace);
  return { datanet: readDataNet(workspace.datanet), heldOut: readHeldOut(workspace.datanet) };
}

/** Its rows are read when they are asked for. @throws TRB_WORKSPACE_MISSING, TRB_DATANET_FILE_* */
export function openRows(workspace: Workspace): OpenDataNet {
  requireDataNet(workspace);
  return openDataNet(workspace.datanet);
}

/** Reads all rows, as every reader does, and keeps of them how many each position has. Throws as `loadDataNet`. */
export function countRows(workspace: Workspace): {
  readonly datanet: DataNetBody;
  readonly heldOut: number;
  /** One for each position that is taken. */
  readonly counts: Uint32Array;
} {
  const { body, rows, heldOut: held } = openRows(workspace);
  const counts = new Uint32Array(body.contributors.length);
  for (const { position } of rows()) counts[position]!++;
  let heldOut = 0;
  for (const _ of held()) heldOut++;
  return { datanet: bodyOf(body), heldOut, counts };
}

/** For what needs no row; they are checked all the same. Throws as `loadDataNet`. */
export function loadDataNetBody(workspace: Workspace): DataNetBody {
  requireDataNet(workspace);
  return readDataNetBody(workspace.datanet);
}

/** Names of positions 0, 1, …; none where the workspace has no DataNet. */
export const contributorNames = (workspace: Workspace): readonly string[] =>
  existsSync(join(workspace.datanet, "manifest.json")) ? readDataNetBody(workspace.datanet).contributors : [];

/** The rows in columns, for what needs all of them in little memory. Throws as `loadDataNet`. */
export function loadDataNetTable(workspace: Workspace): DataNetTable {
  requireDataNet(workspace);
  return readDataNetTable(workspace.datanet);
}

/** The tier whose number of positions is a DataNet's capacity. @throws TRB_IMPORT_CAPACITY */
export function tierOf({ capacity }: Pick<DataNet, "capacity">): TierName {
  const name = TIER_NAMES.find((tier) => TIERS[tier].positions === capacity);
  if (name !== undefined) return name;
  throw new TributaryError("TRB_IMPORT_CAPACITY", "No tier has as many positions as this DataNet.", {
    details: String(capacity),
    hint: `Import it again with --tier ${TIER_NAMES.join(" or ")}.`,
  });
}
