import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readManifest } from "../../../src/protocol/manifest.ts";
import { keyDigest } from "../../../src/protocol/transcript.ts";
import type { VerifyingKey } from "../../../src/protocol/verifying-key.ts";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { assertRefused, openVerifiers, type Verifiers } from "../../helpers/proof-verdicts.ts";

/** A mini proof shown to the small tier's verifier, under its own name and under the other's. */
let scene: Scene;
let small: Verifiers;
before(async () => {
  scene = await openScene();
  const key: VerifyingKey = (await readManifest()).tiers.small!.keys!.development!.verifyingKey;
  small = await openVerifiers(key);
});
after(async () => {
  await small.close();
  await scene.close();
});

test("another tier's key refuses the proof as it is", async () => {
  await assertRefused(small, scene.honest, { javascript: "TRB_VERIFY_TIER TRB_VERIFY_KEY" });
});

test("and relabelled as that tier's", async () => {
  const { honest } = scene;
  assert.notEqual(keyDigest(small.key), honest.keyDigest);
  const relabelled = {
    ...honest,
    keyDigest: keyDigest(small.key),
    statement: { ...honest.statement, tier: "small" } as const,
  };
  await assertRefused(small, relabelled);
});
