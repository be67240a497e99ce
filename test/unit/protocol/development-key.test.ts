import assert from "node:assert/strict";
import { test } from "node:test";
import { isDevelopmentKey, isForgeableOn, requireSafeKey } from "../../../src/protocol/development-key.ts";
import { readManifest } from "../../../src/protocol/manifest.ts";
import { trapdoorKey } from "../../helpers/trapdoor.ts";

const { tiers } = await readManifest();
const own = trapdoorKey("mini");
const development = tiers.mini!.keys!.development!.verifyingKey;

test("a key with the τ or the β of a development key is one, for each of them alone", () => {
  assert.ok(!isDevelopmentKey(own));
  assert.ok(isDevelopmentKey(development));
  assert.ok(isDevelopmentKey({ ...own, tau: development.tau }));
  assert.ok(isDevelopmentKey({ ...own, beta: development.beta }));
});

test("it is good for the development chain, and refused for every other", () => {
  for (const chainId of [1n, 31336n, 31338n]) {
    assert.ok(isForgeableOn(development, chainId) && !isForgeableOn(own, chainId));
    assert.throws(() => requireSafeKey(development, chainId), { code: "TRB_KEY_DEVELOPMENT" });
    requireSafeKey(own, chainId);
  }
  assert.ok(!isForgeableOn(development, 31337n));
  requireSafeKey(development, 31337n);
});
