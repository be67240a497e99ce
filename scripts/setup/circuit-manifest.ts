/**
 * Records circuits in artifacts/manifest.json: constraints and SHA-256 of the r1cs and the wasm, for each tier that is named.
 * Keys recorded for another circuit are taken out, for they are of no use.
 *
 *     node scripts/setup/circuit-manifest.ts mini small large
 */
import { open, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { paramsDigest } from "../../src/params/digest.ts";
import { TIER_NAMES, type TierName } from "../../src/params/tiers.ts";
import { MANIFEST_URL } from "../../src/protocol/manifest.ts";
import { circomVersion } from "./circom.ts";
import { buildCircuit, sha256File } from "./circuits.ts";

interface TierEntry {
  constraints?: number;
  r1cs?: { sha256: string };
  wasm?: { sha256: string };
  keys?: unknown;
}

interface ManifestFile {
  paramsDigest: string;
  circom: string;
  tiers: Partial<Record<TierName, TierEntry>>;
}

/** The constraint count in an r1cs file's header (section 1, which circom does not write first). */
async function constraintCount(path: string): Promise<number> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(24);
    let at = 12;
    for (;;) {
      await file.read(start, 0, 12, at);
      if (start.readUInt32LE(0) === 1) break;
      at += 12 + Number(start.readBigUInt64LE(4));
    }
    const header = Buffer.alloc(64);
    await file.read(header, 0, 64, at + 12);
    return header.readUInt32LE(60);
  } finally {
    await file.close();
  }
}

const path = fileURLToPath(MANIFEST_URL);
const named = process.argv.slice(2);
for (const tier of TIER_NAMES.filter((name) => named.includes(name))) {
  const files = await buildCircuit(tier, (line) => process.stderr.write(`${line}\n`));
  const entry: TierEntry = {
    constraints: await constraintCount(files.r1cs),
    r1cs: { sha256: await sha256File(files.r1cs) },
    wasm: { sha256: await sha256File(files.wasm) },
  };
  const old: ManifestFile = await readFile(path, "utf8").then(JSON.parse, () => ({ tiers: {} }));
  const before = old.tiers[tier];
  if (before?.keys !== undefined && before.r1cs?.sha256 === entry.r1cs?.sha256) entry.keys = before.keys;
  const head = { paramsDigest: paramsDigest(), circom: await circomVersion() };
  const manifest: ManifestFile = { ...head, ...old, ...head, tiers: { ...old.tiers, [tier]: entry } };
  await writeFile(`${path}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(`${path}.new`, path);
  process.stdout.write(`${tier}: ${entry.constraints} constraints\n`);
}
