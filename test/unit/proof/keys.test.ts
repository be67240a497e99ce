import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkPinned, developmentKeys, fileDigest, requireBuilt } from "../../../src/proof/keys.ts";
import { readManifest } from "../../../src/protocol/manifest.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
after(folder.remove);
const manifest = await readManifest();

test("takes a file with the pinned digest, refuses another and a missing one", async () => {
  const path = join(folder.path, "key");
  await writeFile(path, "abc");
  const sha256 = "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal(await fileDigest(path), sha256);
  await checkPinned({ path, sha256 });
  await writeFile(path, "abd");
  await assert.rejects(checkPinned({ path, sha256 }), { code: "TRB_PROOF_KEY_MISMATCH" });
  await assert.rejects(checkPinned({ path: `${path}.none`, sha256 }), { code: "TRB_PROOF_FILE_MISSING" });
});

test("says that a tier's files are not built, before work whose end needs them", async () => {
  const keys = developmentKeys("mini", manifest);
  await requireBuilt(keys);
  for (const part of ["wasm", "zkey", "srs"] as const) {
    const without = { ...keys, [part]: { ...keys[part], path: join(folder.path, "none") } };
    await assert.rejects(requireBuilt(without), { code: "TRB_PROOF_FILE_MISSING" });
  }
});

test("refuses a manifest of other parameters, and a tier without a key", () => {
  const other = { ...manifest, paramsDigest: `0x${"00".repeat(32)}` as const };
  assert.throws(() => developmentKeys("mini", other), { code: "TRB_PROOF_PARAMS_MISMATCH" });
  const { mini: _, ...tiers } = manifest.tiers;
  assert.throws(() => developmentKeys("mini", { ...manifest, tiers }), { code: "TRB_PROOF_NO_KEY" });
});
