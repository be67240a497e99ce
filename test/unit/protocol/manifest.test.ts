import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readManifest } from "../../../src/protocol/manifest.ts";

const folder = await mkdtemp(join(tmpdir(), "tributary-manifest-"));
after(() => rm(folder, { recursive: true }));

test("says that a manifest is missing, and where it should be", async () => {
  await assert.rejects(readManifest(join(folder, "none.json")), { code: "TRB_MANIFEST_MISSING" });
});

test("refuses a manifest that is not JSON or not ours", async () => {
  const path = join(folder, "manifest.json");
  for (const text of ["{", "{}", '{"paramsDigest":"0x00","circom":"2.2.2","tiers":{}}']) {
    await writeFile(path, text);
    await assert.rejects(readManifest(path), { code: "TRB_MANIFEST_SHAPE" });
  }
});
