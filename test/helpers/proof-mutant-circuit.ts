import { join } from "node:path";
import { compileCircuit } from "../../scripts/setup/circom.ts";
import { openCurve } from "../../src/crypto/kzg/curve.ts";
import { makeDevelopmentKey } from "../../src/proof/development/make.ts";
import { fileDigest } from "../../src/proof/keys.ts";
import { readVerifyingKey } from "../../src/proof/zkey-reader.ts";
import { keyDigest } from "../../src/protocol/transcript.ts";
import { mutantSources, type Patch } from "./mutants.ts";
import type { ProofTools } from "./proof-tools.ts";

/** The tools of an attacker of another circuit: tier mini with one piece of it changed, and a development key for that. */
export async function mutantTools(tools: ProofTools, patch: Patch): Promise<ProofTools> {
  const folder = await mutantSources([patch]);
  const main = join(folder, "circuits/generated/main_mini.circom");
  const { r1cs, wasm } = await compileCircuit(main, folder, "mutant", "O1");
  const zkey = join(folder, "mutant.zkey");
  await makeDevelopmentKey("mini", r1cs, zkey);
  const { curve, close } = await openCurve();
  try {
    const verifyingKey = await readVerifyingKey(curve, zkey, "mini", tools.verifyingKey.tau);
    const pinned = async (path: string) => ({ path, sha256: await fileDigest(path) });
    const keys = {
      ...tools.keys,
      wasm: await pinned(wasm),
      r1cs: await pinned(r1cs),
      zkey: await pinned(zkey),
      keyDigest: keyDigest(verifyingKey),
    };
    return { ...tools, keys, verifyingKey };
  } finally {
    await close();
  }
}
