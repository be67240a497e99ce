import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { domainPower } from "../../../src/operations/keys/ceremony-circuit.ts";
import { POWERS_OF_TAU, powersOfTauBytes } from "../../../src/params/powers-of-tau.ts";
import { PUBLIC_SIGNALS } from "../../../src/params/tags.ts";
import { indexCoefficients, TIER_NAMES, TIERS } from "../../../src/params/tiers.ts";
import { readPhaseOne, requireKnown } from "../../../src/proof/ceremony/phase-one.ts";
import { artifactPaths } from "../../../src/proof/keys.ts";
import { readManifest } from "../../../src/protocol/manifest.ts";
import { drawSecrets, writePhaseOne } from "../../helpers/phase-one.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const folder = await temporaryFolder();
after(() => folder.remove());
const FILE = join(folder.path, "phase1.ptau");
const NEED = { power: 3, coefficients: 15 };
before(() => writePhaseOne(FILE, 3, drawSecrets()));

test("each tier's file is the smallest that holds its circuit's domain and its index's coefficients", async () => {
  const { tiers } = await readManifest();
  for (const tier of TIER_NAMES) {
    const power = domainPower(tiers[tier]!.constraints!, PUBLIC_SIGNALS.length);
    assert.equal(POWERS_OF_TAU[tier].power, power, tier);
    assert.ok(indexCoefficients(TIERS[tier]) < 2 ** (power + 1), tier);
    assert.equal(POWERS_OF_TAU[tier].name, `powersOfTau28_hez_final_${power}.ptau`);
    assert.match(POWERS_OF_TAU[tier].blake2b, /^[0-9a-f]{128}$/);
  }
});

test("a prepared file of the right size is read, with its digest; it is none of the published ones", async () => {
  const bytes = await readFile(FILE);
  const blake2b = createHash("blake2b512").update(bytes).digest("hex");
  const read = await readPhaseOne(FILE, NEED);
  assert.deepEqual(read, { power: 3, blake2b, published: false });
  // Headers and an empty list of contributions are what the points' size leaves out.
  assert.ok(bytes.length > powersOfTauBytes(3) - 1000 && bytes.length < powersOfTauBytes(3) + 1000);
  assert.throws(() => requireKnown(read, undefined), { code: "TRB_PROOF_PTAU_UNPUBLISHED" });
  assert.throws(() => requireKnown(read, POWERS_OF_TAU.mini.blake2b), { code: "TRB_PROOF_PTAU_DIGEST" });
  requireKnown(read, blake2b.toUpperCase());
  requireKnown({ ...read, published: true }, undefined);
});

test("a file that is too small, not prepared, cut off or of another kind is refused by name", async () => {
  await assert.rejects(readPhaseOne(FILE, { ...NEED, power: 4 }), { code: "TRB_PROOF_PTAU_SMALL" });
  await assert.rejects(readPhaseOne(FILE, { ...NEED, coefficients: 16 }), { code: "TRB_PROOF_PTAU_SMALL" });
  const unprepared = readPhaseOne(artifactPaths("mini").srs, NEED);
  await assert.rejects(unprepared, { code: "TRB_PROOF_PTAU_UNPREPARED" });
  await assert.rejects(readPhaseOne(artifactPaths("mini").r1cs, NEED), { code: "TRB_FILE_CORRUPT" });
  await assert.rejects(readPhaseOne(join(folder.path, "none"), NEED), { code: "TRB_FILE_MISSING" });
  const bytes = await readFile(FILE);
  const cut = join(folder.path, "cut.ptau");
  await writeFile(cut, bytes);
  await truncate(cut, bytes.length - 1);
  await assert.rejects(readPhaseOne(cut, NEED), { code: "TRB_FILE_CORRUPT" });
  // Power 2 in the header of a file of power 3: the sections have not its sizes.
  bytes.writeUInt32LE(2, 12 + 12 + 36);
  await writeFile(cut, bytes);
  const lied = readPhaseOne(cut, { power: 2, coefficients: 7 });
  await assert.rejects(lied, { code: "TRB_PROOF_PTAU_CORRUPT" });
});
