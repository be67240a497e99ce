import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readKeyFolder } from "../../../src/operations/keys/key-folder.ts";
import { paramsDigest } from "../../../src/params/digest.ts";
import type { TierName } from "../../../src/params/tiers.ts";
import { readManifest } from "../../../src/protocol/manifest.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import { encodeVerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { trapdoorKey } from "../../helpers/trapdoor.ts";

const folder = mkdtempSync(join(tmpdir(), "tributary-key-folder-"));
after(() => rmSync(folder, { recursive: true }));
const { tiers } = await readManifest();

/** keys.json of a folder for `tier` whose verifying key is one for another tier, every digest in it true. */
function write(tier: TierName, keyTier: TierName): void {
  const key = trapdoorKey(keyTier);
  const digest = `0x${"0".repeat(64)}`;
  const { r1cs, wasm } = tiers[tier]!;
  const manifest = {
    ...{ format: "tributary-keys", version: 1, tier, paramsDigest: paramsDigest() },
    ...{ r1cs: r1cs!.sha256, wasm: wasm!.sha256, zkey: digest, srs: digest, keyDigest: keyDigest(key) },
    verifyingKey: encodeVerifyingKey(key),
    ceremony: {
      phaseOne: { power: 14, blake2b: "0".repeat(128) },
      circuitHash: "0".repeat(128),
      contributions: [],
    },
  };
  writeFileSync(join(folder, "keys.json"), JSON.stringify(manifest));
}

test("a key folder's verifying key is of the folder's tier", async () => {
  write("mini", "mini");
  assert.equal((await readKeyFolder(folder)).verifyingKey.tier, "mini");
  for (const [tier, keyTier] of [
    ["mini", "small"],
    ["small", "mini"],
  ] as const) {
    write(tier, keyTier);
    await assert.rejects(readKeyFolder(folder), { code: "TRB_PROOF_KEY_MISMATCH" });
  }
});
