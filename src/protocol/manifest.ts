import { readFile } from "node:fs/promises";
import * as z from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { bytes32 } from "../crypto/codecs.ts";
import { TIER_NAMES } from "../params/tiers.ts";
import { verifyingKeySchema } from "./verifying-key.ts";

/** Digests of one tier's proving key, and the verifying key that goes with it. */
const keys = z.object({ zkey: bytes32, keyDigest: bytes32, verifyingKey: verifyingKeySchema });

/** A built file: its SHA-256. */
const file = z.object({ sha256: bytes32 });

const tier = z.object({
  constraints: z.int().optional(),
  r1cs: file.optional(),
  wasm: file.optional(),
  keys: z.object({ development: keys.optional() }).optional(),
});

/** artifacts/manifest.json: what the built files must be. Everything that loads one compares. */
const manifestSchema = z.object({
  paramsDigest: bytes32,
  circom: z.string(),
  tiers: z.object(Object.fromEntries(TIER_NAMES.map((name) => [name, tier.optional()])) as TierShape),
  srs: z.object({ development: bytes32.optional(), developmentLarge: bytes32.optional() }).optional(),
});

type TierShape = Record<(typeof TIER_NAMES)[number], z.ZodOptional<typeof tier>>;

export type Manifest = z.output<typeof manifestSchema>;

/** Where the manifest lies in this repository. */
export const MANIFEST_URL = new URL("../../artifacts/manifest.json", import.meta.url);

/**
 * Reads and checks the manifest.
 *
 * @throws TRB_MANIFEST_MISSING, TRB_MANIFEST_SHAPE
 */
export async function readManifest(path: string | URL = MANIFEST_URL): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new TributaryError("TRB_MANIFEST_MISSING", "the manifest of circuits and keys is missing", {
      cause,
      details: String(path),
      hint: "artifacts/manifest.json is part of the repository; restore it from version control.",
    });
  }
  try {
    return manifestSchema.parse(parseJson(text));
  } catch (cause) {
    throw new TributaryError("TRB_MANIFEST_SHAPE", "the manifest of circuits and keys is damaged", {
      cause,
      details: cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause),
      hint: "Restore artifacts/manifest.json from version control, or run `make setup`.",
    });
  }
}
