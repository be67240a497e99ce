import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { TributaryError } from "../../src/core/errors.ts";
import type { OnProgress } from "../../src/core/progress.ts";
import { openCurve } from "../../src/crypto/kzg/curve.ts";
import { readSrs } from "../../src/crypto/kzg/srs.ts";
import { writeFileWhole } from "../../src/files/whole-file.ts";
import { indexCoefficients, TIERS, type TierName } from "../../src/params/tiers.ts";
import { makeDevelopmentKey, makeDevelopmentSrs } from "../../src/proof/development/make.ts";
import { artifactPaths, fileDigest } from "../../src/proof/keys.ts";
import { readVerifyingKey } from "../../src/proof/zkey-reader.ts";
import { MANIFEST_URL, readManifest } from "../../src/protocol/manifest.ts";
import { keyDigest } from "../../src/protocol/transcript.ts";
import { encodeVerifyingKey } from "../../src/protocol/verifying-key.ts";

type Say = (message: string) => void;

/** The manifest's names for the two files of powers. */
const srsEntry = (tier: TierName) => (tier === "large" ? "developmentLarge" : "development");

const digestIfThere = async (path: string): Promise<string | undefined> =>
  existsSync(path) ? fileDigest(path) : undefined;

/** Adds to the manifest file, keeping everything else in it. */
async function record(change: (manifest: ManifestText) => void): Promise<void> {
  const path = fileURLToPath(MANIFEST_URL);
  const manifest: ManifestText = JSON.parse(await readFile(path, "utf8"));
  change(manifest);
  await writeFileWhole(path, [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]);
}

interface ManifestText {
  tiers: Partial<Record<TierName, { keys?: { development?: object } }>>;
  srs?: Partial<Record<ReturnType<typeof srsEntry>, string>>;
}

function refuse(what: string, pinned: string, found: string): never {
  throw new TributaryError("TRB_SETUP_KEY_DIGEST", `${what} is not the one in the manifest`, {
    details: `manifest ${pinned}, built ${found}`,
    hint: "If the key was meant to change, take its entry out of artifacts/manifest.json and run this again.",
  });
}

/** The powers of τ that the tier needs: mini and small share a file of small's length. */
async function setupSrs(tier: TierName, say: Say, onProgress: OnProgress): Promise<void> {
  const { srs: path } = artifactPaths(tier);
  const pinned = (await readManifest()).srs?.[srsEntry(tier)];
  if (pinned !== undefined && (await digestIfThere(path)) === pinned) return;
  say(`powers of tau (${tier})`);
  const length = indexCoefficients(TIERS[tier === "large" ? "large" : "small"]);
  await makeDevelopmentSrs(path, length, { onProgress });
  const found = await fileDigest(path);
  if (pinned !== undefined && found !== pinned) refuse(path, pinned, found);
  await record((manifest) => {
    manifest.srs = { ...manifest.srs, [srsEntry(tier)]: found };
  });
}

async function describeKey(tier: TierName) {
  const { zkey, srs: srsPath } = artifactPaths(tier);
  const { curve, close } = await openCurve();
  try {
    const srs = await readSrs(curve, srsPath, indexCoefficients(TIERS[tier]));
    const verifyingKey = await readVerifyingKey(curve, zkey, tier, srs.tau2);
    return { zkey: await fileDigest(zkey), keyDigest: keyDigest(verifyingKey), verifyingKey };
  } finally {
    await close();
  }
}

async function setupKey(tier: TierName, say: Say, onProgress: OnProgress): Promise<void> {
  const { r1cs, zkey } = artifactPaths(tier);
  const pinned = (await readManifest()).tiers[tier]?.keys?.development;
  if (pinned !== undefined && (await digestIfThere(zkey)) === pinned.zkey) return;
  say(`development key ${tier}`);
  await makeDevelopmentKey(tier, r1cs, zkey, { onProgress });
  const found = await describeKey(tier);
  if (pinned === undefined) {
    const development = { ...found, verifyingKey: encodeVerifyingKey(found.verifyingKey) };
    await record((manifest) => {
      manifest.tiers[tier] = { ...manifest.tiers[tier], keys: { development } };
    });
  } else if (found.zkey !== pinned.zkey || found.keyDigest !== pinned.keyDigest) {
    refuse(zkey, pinned.zkey, found.zkey);
  }
}

/**
 * Makes the development keys of some tiers, unless they are there, and compares them with the manifest;
 * a tier that has no key there yet is recorded. Native code makes them where it is built, JavaScript otherwise: the bytes are the same.
 *
 * @throws TRB_SETUP_KEY_DIGEST where a key comes out different from the recorded one; TRB_FILE_MISSING where the
 * circuit was not compiled
 */
export async function setupKeys(
  tiers: readonly TierName[],
  say: Say = () => {},
  onProgress: OnProgress = () => {},
): Promise<void> {
  for (const tier of tiers) {
    await setupSrs(tier, say, onProgress);
    await setupKey(tier, say, onProgress);
  }
}
