import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { TributaryError } from "../../core/errors.ts";
import type { Hex } from "../../core/hex.ts";
import { bytes32 } from "../../crypto/codecs.ts";
import { G1_BYTES, G2_BYTES } from "../../crypto/kzg/curve.ts";
import { readJson, toJson, writeFolder, writeWhole } from "../../files/disk.ts";
import { openSectionFile } from "../../files/section-file.ts";
import { writeSectionFile } from "../../files/section-writer.ts";
import { paramsDigest } from "../../params/digest.ts";
import { TIER_NAMES } from "../../params/tiers.ts";
import { fileDigest, type ProvingKeys } from "../../proof/keys.ts";
import { readManifest } from "../../protocol/manifest.ts";
import { keyDigest } from "../../protocol/transcript.ts";
import { encodeVerifyingKey, type VerifyingKey, verifyingKeySchema } from "../../protocol/verifying-key.ts";
import { circuitDigests } from "./ceremony-circuit.ts";
import type { CeremonyVerdict } from "./ceremony-verify.ts";

const MANIFEST = "keys.json";
const FILES = { zkey: "settlement.zkey", wasm: "settlement.wasm", srs: "powers.ptau" } as const;
const blake2b = z.string().regex(/^[0-9a-f]{128}$/);

/** keys.json of a key folder: digests of its files, and the ceremony that they come from. */
const schema = z.strictObject({
  format: z.literal("tributary-keys"),
  version: z.literal(1),
  tier: z.enum(TIER_NAMES),
  paramsDigest: bytes32,
  /** The circuit's constraints, which are not in the folder. */
  r1cs: bytes32,
  wasm: bytes32,
  zkey: bytes32,
  srs: bytes32,
  keyDigest: bytes32,
  verifyingKey: verifyingKeySchema,
  ceremony: z.strictObject({
    phaseOne: z.strictObject({ power: z.int(), blake2b }),
    circuitHash: blake2b,
    contributions: z.array(
      z.strictObject({
        name: z.string(),
        hash: blake2b,
        beacon: z.strictObject({ value: z.string(), exponent: z.int() }).optional(),
      }),
    ),
  }),
});

/** Production keys of one tier, as `keys ceremony export` writes them. */
export interface KeyFolder {
  readonly keys: ProvingKeys;
  readonly verifyingKey: VerifyingKey;
}

/** Whether a folder is one of these itself. */
export const isKeyFolder = (folder: string): boolean => existsSync(join(folder, MANIFEST));

/** @throws TRB_FILE_EXISTS, for a command that would otherwise find out after its work */
export function requireNewFolder(path: string): void {
  if (!existsSync(path)) return;
  throw new TributaryError(
    "TRB_FILE_EXISTS",
    "there is something of this name already, and keys are not overwritten",
    {
      details: path,
      hint: "Choose another folder.",
    },
  );
}

/** The first powers of a phase-1 file, with the two sections that KZG needs. */
async function copyPowers(from: string, to: string, length: number): Promise<void> {
  const file = await openSectionFile(from, "ptau");
  try {
    await writeSectionFile(to, "ptau", 1, [
      { id: 1, content: [await file.read(1)] },
      { id: 2, content: [await file.read(2, 0, length * G1_BYTES)] },
      { id: 3, content: [await file.read(3, 0, 2 * G2_BYTES)] },
    ]);
  } finally {
    await file.close();
  }
}

/**
 * Writes what provers, verifiers and a deployment need of a ceremony that was checked, as a folder of its own: whole or not
 * at all.
 *
 * @returns the digest that a deployment pins
 * @throws TRB_FILE_EXISTS, TRB_FILE_DISK_FULL
 */
export async function writeKeyFolder(
  out: string,
  { ok, transcript, verifyingKey, phaseOne, circuit }: CeremonyVerdict,
  { zkey, ptau }: { readonly zkey: string; readonly ptau: string },
): Promise<{ readonly keyDigest: Hex }> {
  if (!ok || transcript === undefined || verifyingKey === undefined) {
    throw new RangeError("only a ceremony that holds is exported");
  }
  requireNewFolder(out);
  const digest = keyDigest(verifyingKey);
  await writeFolder(out, async (draft) => {
    const path = {
      zkey: join(draft, FILES.zkey),
      wasm: join(draft, FILES.wasm),
      srs: join(draft, FILES.srs),
    };
    copyFileSync(zkey, path.zkey);
    copyFileSync(circuit.wasm, path.wasm);
    await copyPowers(ptau, path.srs, circuit.need.coefficients);
    const { power, blake2b } = phaseOne;
    const manifest: z.input<typeof schema> = {
      format: "tributary-keys",
      version: 1,
      tier: verifyingKey.tier,
      paramsDigest: paramsDigest(),
      r1cs: circuit.digests.r1cs,
      wasm: circuit.digests.wasm,
      zkey: await fileDigest(path.zkey),
      srs: await fileDigest(path.srs),
      keyDigest: digest,
      verifyingKey: encodeVerifyingKey(verifyingKey),
      ceremony: { phaseOne: { power, blake2b }, ...transcript, contributions: [...transcript.contributions] },
    };
    writeWhole(join(draft, MANIFEST), `${toJson(manifest, 2)}\n`);
  });
  return { keyDigest: digest };
}

/**
 * Reads a key folder. Its manifest must be for this release's circuit and parameters and its verifying key must have the
 * digest it says; whoever loads a file compares it with the manifest, as with the development keys.
 *
 * @throws TRB_FILE_NOT_FOUND, TRB_FILE_MALFORMED, TRB_PROOF_PARAMS_MISMATCH, TRB_PROOF_KEY_MISMATCH
 */
export async function readKeyFolder(folder: string): Promise<KeyFolder> {
  const manifest = readJson(join(folder, MANIFEST), schema);
  const { tier, verifyingKey, ceremony: _ceremony, ...digests } = manifest;
  if (digests.paramsDigest !== paramsDigest()) {
    throw new TributaryError("TRB_PROOF_PARAMS_MISMATCH", "these keys are for other protocol parameters", {
      details: `${folder}: ${digests.paramsDigest}, here ${paramsDigest()}`,
      hint: "Use the release that the keys were made for, or keys for this one.",
    });
  }
  const circuit = circuitDigests(tier, await readManifest());
  const found = keyDigest(verifyingKey);
  const wrong = [
    digests.r1cs !== circuit.r1cs && `circuit ${digests.r1cs}, this release's is ${circuit.r1cs}`,
    digests.wasm !== circuit.wasm && `witness program ${digests.wasm}, this release's is ${circuit.wasm}`,
    found !== digests.keyDigest && `verifying key ${found}, its digest is said to be ${digests.keyDigest}`,
    verifyingKey.tier !== tier && `verifying key of tier ${verifyingKey.tier} in a folder of tier ${tier}`,
  ].filter((one) => one !== false);
  if (wrong.length > 0) {
    throw new TributaryError("TRB_PROOF_KEY_MISMATCH", "this key folder does not fit together", {
      details: `${folder}: ${wrong.join("; ")}`,
      hint: "Get it again from whoever published it, or make it again with: tributary keys ceremony export",
    });
  }
  const file = (name: keyof typeof FILES) => ({ path: join(folder, FILES[name]), sha256: digests[name] });
  return {
    keys: { tier, wasm: file("wasm"), zkey: file("zkey"), srs: file("srs"), keyDigest: digests.keyDigest },
    verifyingKey,
  };
}
