import { join } from "node:path";
import { z } from "zod";
import { loadIndex as loadBuiltIndex, saveIndex, storedInfluence } from "../attribution/store.ts";
import type { BuiltIndex, IndexDraft } from "../attribution/types.ts";
import type { Hex } from "../core/hex.ts";
import { g1, writeG1 } from "../crypto/codecs.ts";
import type { G1 } from "../crypto/points.ts";
import { sha256 } from "../files/artifact.ts";
import { readJson, readText, SECRET, SECRET_FOLDER, writeFolder, writeJson } from "../files/disk.ts";
import type { TierName } from "../params/tiers.ts";
import { loadSketch, saveSketch } from "../sketch/store.ts";
import type { Sketch } from "../sketch/types.ts";
import { listNames, pickNumber, type Workspace } from "./workspace.ts";

/** An index of the workspace, with the sketch that its traces are made with. */
export interface StoredIndex extends BuiltIndex {
  /** Its number here, that of its model. */
  readonly number: number;
  readonly sketch: Sketch;
  /** C_Φ. */
  readonly commitment: G1;
  /** SHA-256 of the index's manifest.json: what the chain is told. */
  readonly digest: Hex;
}

const commitmentSchema = z.strictObject({ commitment: g1 });

const folderOf = (workspace: Workspace, number: number): string => join(workspace.indexes, String(number));

/** Writes index/N, whole or not at all and closed to others: Φ and its seed are what the commitment hides. */
export async function storeIndex(
  workspace: Workspace,
  number: number,
  {
    built,
    sketch,
    commitment,
  }: { readonly built: IndexDraft; readonly sketch: Sketch; readonly commitment: G1 },
): Promise<StoredIndex> {
  await writeFolder(
    folderOf(workspace, number),
    (draft) => {
      saveIndex(join(draft, "index"), built);
      saveSketch(join(draft, "sketch"), sketch);
      writeJson(join(draft, "commitment.json"), { commitment: writeG1(commitment) }, SECRET);
    },
    SECRET_FOLDER,
  );
  return loadIndex(workspace, number);
}

/**
 * @param asked its number; the newest where undefined
 * @throws TRB_WORKSPACE_MISSING, TRB_ATTRIBUTION_FILE_*, TRB_SKETCH_FILE_*
 */
export function loadIndex(workspace: Workspace, asked?: number): StoredIndex {
  const number = pickNumber(workspace.indexes, asked, "index", "tributary index build");
  const folder = folderOf(workspace, number);
  return {
    number,
    ...loadBuiltIndex(join(folder, "index")),
    sketch: loadSketch(join(folder, "sketch")),
    commitment: readJson(join(folder, "commitment.json"), commitmentSchema).commitment,
    digest: sha256(readText(join(folder, "index", "manifest.json"))),
  };
}

/** Numbers of the indexes of a workspace, the newest last. */
export const indexNumbers = (workspace: Workspace): number[] =>
  listNames(workspace.indexes, /^[1-9][0-9]*$/).map(Number);

/** The rows' influence of an index that was loaded, in parts. */
export const loadInfluence = (
  workspace: Workspace,
  { number, index }: StoredIndex,
): Generator<Float32Array> => storedInfluence(join(folderOf(workspace, number), "index"), index.width);

/** The tier of an index. @throws as loadIndex */
export const loadIndexTier = (workspace: Workspace, number: number): TierName =>
  loadIndex(workspace, number).manifest.tier;
