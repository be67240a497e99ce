import { createHash } from "node:crypto";
import { access } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { streamRegular } from "../files/bounded.ts";
import { paramsDigest } from "../params/digest.ts";
import type { TierName } from "../params/tiers.ts";
import type { Manifest } from "../protocol/manifest.ts";

/** A file whose contents are known. */
export interface PinnedFile {
  readonly path: string;
  readonly sha256: Hex;
}

/** What a prover of one tier loads. */
export interface ProvingKeys {
  readonly tier: TierName;
  /** The circuit's witness calculator. */
  readonly wasm: PinnedFile;
  /** Its constraints, from which the native backend finds witnesses; where they are not there, the calculator does. */
  readonly r1cs?: PinnedFile | undefined;
  readonly zkey: PinnedFile;
  /** Powers of τ, as many as the tier's index has coefficients. */
  readonly srs: PinnedFile;
  /** Of the verifying key that the zkey and [τ]₂ make. */
  readonly keyDigest: Hex;
}

const ARTIFACTS = fileURLToPath(new URL("../../artifacts/", import.meta.url));

/** Where the built files of a tier lie below `artifacts`. */
export const artifactPaths = (tier: TierName, artifacts: string = ARTIFACTS) => ({
  r1cs: `${artifacts}circuits/${tier}/settlement.r1cs`,
  wasm: `${artifacts}circuits/${tier}/settlement.wasm`,
  zkey: `${artifacts}keys/dev/${tier}/settlement.zkey`,
  // One file serves mini and small; the large tier's is sixteen times longer and made on demand.
  srs: `${artifacts}keys/dev/${tier === "large" ? "srs-large" : "srs"}.ptau`,
});

/**
 * The development keys that the manifest pins.
 *
 * @throws TRB_PROOF_PARAMS_MISMATCH where they were made with other parameters; TRB_PROOF_NO_KEY where the tier has none
 */
export function developmentKeys(tier: TierName, manifest: Manifest): ProvingKeys {
  if (manifest.paramsDigest !== paramsDigest()) {
    throw new TributaryError(
      "TRB_PROOF_PARAMS_MISMATCH",
      "the keys were made with other protocol parameters",
      {
        details: `manifest ${manifest.paramsDigest}, here ${paramsDigest()}`,
        hint: "Run `make generate` and `make setup`.",
      },
    );
  }
  const entry = manifest.tiers[tier];
  const srs = tier === "large" ? manifest.srs?.developmentLarge : manifest.srs?.development;
  const key = entry?.keys?.development;
  if (!entry?.wasm || !key || !srs) {
    throw new TributaryError("TRB_PROOF_NO_KEY", `no development key of tier ${tier} is pinned`, {
      hint: `Make one with: tributary keys dev --tier ${tier}`,
    });
  }
  const paths = artifactPaths(tier);
  return {
    tier,
    wasm: { path: paths.wasm, sha256: entry.wasm.sha256 },
    ...(entry.r1cs === undefined ? {} : { r1cs: { path: paths.r1cs, sha256: entry.r1cs.sha256 } }),
    zkey: { path: paths.zkey, sha256: key.zkey },
    srs: { path: paths.srs, sha256: srs },
    keyDigest: key.keyDigest,
  };
}

/** A key has more than a gigabyte; in parts of Node's usual 64 KiB reading it takes five times as long. */
const READ_BYTES = 2 ** 20;

/** SHA-256 of a file, read as a stream. */
export async function fileDigest(path: string): Promise<Hex> {
  const hash = createHash("sha256");
  await pipeline(streamRegular(path, READ_BYTES), hash);
  return `0x${hash.digest("hex")}`;
}

/**
 * Compares a file with what is pinned.
 *
 * @throws TRB_PROOF_FILE_MISSING, TRB_PROOF_KEY_MISMATCH
 */
export async function checkPinned({ path, sha256 }: PinnedFile): Promise<void> {
  let found: Hex;
  try {
    found = await fileDigest(path);
  } catch (cause) {
    throw missing(path, cause);
  }
  if (found !== sha256) {
    throw new TributaryError(
      "TRB_PROOF_KEY_MISMATCH",
      "a key or circuit file is not the one that is pinned",
      {
        details: `${path}: SHA-256 ${found}, pinned ${sha256}`,
        hint: "It was cut off, changed, or made from another circuit: delete it and run `make setup`.",
      },
    );
  }
}

const missing = (path: string, cause: unknown): TributaryError =>
  new TributaryError("TRB_PROOF_FILE_MISSING", "a file that the prover needs cannot be read", {
    cause,
    details: `${path}: ${(cause as Error).message}`,
    hint: "Run `make setup`; of tier large: tributary keys dev --tier large",
  });

/** Asks only whether the files of a tier are there: before work whose end needs them. @throws TRB_PROOF_FILE_MISSING */
export async function requireBuilt({ wasm, zkey, srs }: ProvingKeys): Promise<void> {
  for (const { path } of [wasm, zkey, srs]) {
    await access(path).catch((cause: unknown) => {
      throw missing(path, cause);
    });
  }
}

/** Compares all files of a tier with the manifest's digests; see checkPinned. */
export async function checkKeys(keys: ProvingKeys): Promise<void> {
  for (const file of [keys.wasm, keys.zkey, keys.srs]) await checkPinned(file);
}
