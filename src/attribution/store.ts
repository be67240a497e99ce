import { join } from "node:path";
import { z } from "zod";
import { TributaryError } from "../core/errors.ts";
import { openArtifact, sha256, writeArtifact } from "../files/artifact.ts";
import { fileParts } from "../files/synced-file.ts";
import { bytesOf, float32Of, uint32Of } from "../files/typed-bytes.ts";
import { PHI_MAX } from "../params/bits.ts";
import { TIER_NAMES, TIERS } from "../params/tiers.ts";
import { DUPLICATE_RULES } from "./duplicate-weights.ts";
import { METHOD_NAMES } from "./methods/types.ts";
import { ROW_GRADIENTS } from "./objective.ts";
import {
  type BuiltIndex,
  type IndexDraft,
  type IndexManifest,
  type InfluenceParts,
  PART_ROWS,
  type RowInfluence,
} from "./types.ts";

const FORMAT = "tributary-index";
const PHI = "phi.i8";
const ROWS = "rows.f32";
const OWNERS = "owners.u32";
/** Secret: belongs in no copy of the folder that is given away. */
const SEED = "blinding-seed.bin";

const digest = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const score = z.number().min(-1).max(1);
const search = z.strictObject({
  seed: z.int().min(0),
  queries: z.int().positive(),
  halves: z.int().positive(),
  tried: z.array(z.strictObject({ ridge: z.number().positive(), rows: score, contributors: score })).min(1),
});
const bodySchema: z.ZodType<IndexManifest> = z.strictObject({
  tier: z.enum(TIER_NAMES),
  positions: z.int().positive(),
  width: z.int().positive(),
  assigned: z.int().min(0),
  rows: z.int().positive(),
  datanet: z.strictObject({ root: digest, version: z.int() }),
  base: digest,
  adapters: z.array(digest).min(1),
  sketch: digest,
  method: z.strictObject({
    name: z.enum(METHOD_NAMES),
    gradient: z.enum(ROW_GRADIENTS),
    order: z.union([z.literal(1), z.literal(2)]),
    ridge: z.number().positive(),
    search: search.optional(),
    init: z.enum(["pca", "sjlt", "random"]),
    candidates: z.int().positive(),
    positionShare: z.number().min(0).max(1),
    columns: z.int().positive(),
    rank: z.int().positive(),
    kept: z.number(),
    seed: z.int().min(0),
    fitRows: z.int().positive(),
    curvatureRows: z.int().min(0),
    normalise: z.enum(["none", "relatif"]),
    rowCap: z.number().min(0).max(100),
  }),
  nearDuplicates: z.strictObject({
    rule: z.enum(DUPLICATE_RULES),
    similarity: z.number().min(0.5).max(1),
    limit: z.number().nonnegative(),
    clusters: z.int().positive(),
    joined: z.int().nonnegative(),
    skipped: z.int().positive().optional(),
  }),
  clipPercentile: z.number(),
  scale: z.number().nonnegative(),
  columnScales: z.array(z.number().positive()),
  minimumNorm: z.number().positive(),
  phi: digest,
});

function* bytesOfParts(rows: InfluenceParts): Generator<Uint8Array> {
  for (const part of rows.parts()) yield bytesOf(part);
}

/** Writes an index into a folder of its own, whole or not at all, readable by its owner only: all of it is secret. */
export function saveIndex(folder: string, { index, manifest, rows }: IndexDraft): void {
  const files = {
    [PHI]: bytesOf(index.phi),
    [ROWS]: "parts" in rows ? bytesOfParts(rows) : bytesOf(rows.values),
    [OWNERS]: bytesOf(rows.owners),
    [SEED]: index.blindingSeed,
  };
  writeArtifact(folder, { format: FORMAT, body: manifest, files }, 0o600);
}

/**
 * Reads an index and checks that its parts are those of its manifest and of its tier. The rows' influence is hashed, but read only
 * when somebody asks for its values: who serves or proves needs Φ alone.
 *
 * @throws TRB_ATTRIBUTION_FILE_MISSING, TRB_ATTRIBUTION_FILE_MALFORMED, TRB_ATTRIBUTION_FILE_DIGEST
 */
export function loadIndex(folder: string): BuiltIndex {
  const { body: manifest, read, check } = openArtifact(folder, FORMAT, bodySchema, "ATTRIBUTION");
  const part = (name: string): Uint8Array => read(name) ?? new Uint8Array();
  const phi = new Int8Array(new Uint8Array(part(PHI)).buffer);
  const influenceBytes = check(ROWS)?.bytes ?? 0;
  let values: Float32Array | undefined;
  const rows: RowInfluence = {
    get values() {
      values ??= float32Of(part(ROWS));
      return values;
    },
    width: manifest.width,
    owners: uint32Of(part(OWNERS)),
  };
  const blindingSeed = part(SEED);
  const { tier, positions, width, assigned } = manifest;

  const faults: readonly (readonly [boolean, string])[] = [
    [
      positions !== TIERS[tier].positions || width !== TIERS[tier].width,
      `sizes that are not those of tier ${tier}`,
    ],
    [assigned > positions, `${assigned} assigned positions of ${positions}`],
    [phi.length !== positions * width, `${phi.length} bytes of Φ`],
    [sha256(bytesOf(phi)) !== manifest.phi, "a Φ whose SHA-256 is not the manifest's"],
    [phi.some((x) => x < -PHI_MAX), "an entry of Φ below −127"],
    [phi.subarray(assigned * width).some((x) => x !== 0), "entries of Φ at positions that nobody has"],
    [
      rows.owners.length !== manifest.rows || rows.owners.some((owner) => owner >= assigned),
      "its rows' owners",
    ],
    [influenceBytes !== 4 * manifest.rows * width, "its rows' influence"],
    [manifest.columnScales.length !== width, `${manifest.columnScales.length} column scales`],
    [blindingSeed.length !== 32, "its blinding seed"],
  ];
  const fault = faults.find(([found]) => found);
  if (fault !== undefined) {
    throw new TributaryError("TRB_ATTRIBUTION_FILE_MALFORMED", "The index's parts do not fit together.", {
      details: `${folder}: ${fault[1]}`,
      hint: "Build the index again.",
    });
  }
  return { index: { phi, positions, width, tier, assigned, blindingSeed }, manifest, rows };
}

/** The rows' influence of an index's folder that `loadIndex` found good, in parts of PART_ROWS rows. */
export function* storedInfluence(folder: string, width: number): Generator<Float32Array> {
  const size = 4 * PART_ROWS * width;
  let rest: Uint8Array = new Uint8Array();
  for (const bytes of fileParts(join(folder, ROWS))) {
    const all = Buffer.concat([rest, bytes]);
    const whole = all.length - (all.length % size);
    for (let at = 0; at < whole; at += size) yield float32Of(all.subarray(at, at + size));
    rest = all.subarray(whole);
  }
  if (rest.length > 0) yield float32Of(rest);
}
