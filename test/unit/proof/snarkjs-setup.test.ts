import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { compileCircuit } from "../../../scripts/setup/circom.ts";
import { openCurve } from "../../../src/crypto/kzg/curve.ts";
import { openSectionFile } from "../../../src/files/section-file.ts";
import { developmentTrapdoor } from "../../../src/proof/development/secrets.ts";
import { writeDevelopmentKey } from "../../../src/proof/development/zkey.ts";
import {
  contributionSection,
  setupCommands,
  withSections,
  writePowersOfTau,
} from "../../helpers/snarkjs-setup.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

/*
 * `snarkjs zkey verify` of a development key. snarkjs makes the circuit's key with δ = 1 from a powers-of-tau file and compares; our file
 * has no contributions, so the test adds the one that a contributor with this δ would have written. Everything
 * else in the file is as it was made.
 */

const folder = await temporaryFolder();
const { curve, close } = await openCurve();
after(async () => {
  await close();
  await folder.remove();
});

const at = (name: string): string => join(folder.path, name);
const trapdoor = developmentTrapdoor("mini");
let r1cs: string;
let transcript: Uint8Array;

before(async () => {
  ({ r1cs } = await compileCircuit(
    new URL("toy.circom", import.meta.url).pathname,
    folder.path,
    "toy",
    "O1",
  ));
  // The toy's domain is 2^3. A file of that very size lacks a power of τ that H needs; snarkjs then takes other, equivalent points.
  await writePowersOfTau(at("powers.ptau"), 4, trapdoor);
  await setupCommands.powersOfTau.preparePhase2(at("powers.ptau"), at("prepared.ptau"));
  const circuitHash = await setupCommands.zKey.newZKey(r1cs, at("prepared.ptau"), at("initial.zkey"));
  transcript = contributionSection(curve, circuitHash, trapdoor.delta);
  await writeDevelopmentKey("mini", r1cs, at("toy.zkey"));
});

const verify = async (changed: Readonly<Record<number, Uint8Array>>): Promise<boolean> => {
  await withSections(at("toy.zkey"), at("changed.zkey"), { 10: transcript, ...changed });
  return setupCommands.zKey.verifyFromR1cs(r1cs, at("prepared.ptau"), at("changed.zkey"));
};

test("snarkjs zkey verify accepts a development key to which its contribution is added", async () => {
  assert.equal(await verify({}), true);
});

/** Sections whose points or numbers are compared: IC, coefficients, A, B₁, B₂, C, H. */
for (const id of [3, 4, 5, 6, 7, 8, 9]) {
  test(`it refuses the key with section ${id} changed`, async () => {
    const file = await openSectionFile(at("toy.zkey"), "zkey");
    const section = await file.read(id);
    await file.close();
    // The first point for the second, and coefficients in another order: everything stays on the curve.
    const size = { 4: 44, 7: 128 }[id] ?? 64;
    const start = id === 4 ? 4 : 0;
    const count = (section.length - start) / size;
    const parts = Array.from({ length: count }, (_, i) =>
      section.subarray(start + i * size, start + (i + 1) * size),
    );
    const different = parts.findIndex((part) => !part.equals(parts[0]!));
    const swapped = parts.map((part, i) =>
      i === 0 ? parts[different]! : i === different ? parts[0]! : part,
    );
    assert.equal(await verify({ [id]: Buffer.concat([section.subarray(0, start), ...swapped]) }), false);
  });
}

test("it refuses the file as it is, because it records no contribution", async () => {
  assert.equal(await setupCommands.zKey.verifyFromR1cs(r1cs, at("prepared.ptau"), at("toy.zkey")), false);
});
