import { TributaryError } from "../../src/core/errors.ts";
import { g2Words, keccakWords } from "../../src/crypto/words.ts";
import { type Manifest, readManifest } from "../../src/protocol/manifest.ts";

/** Before the first development key is made there is none to refuse. */
function noKeysYet(error: unknown): Partial<Manifest["tiers"]> {
  if (error instanceof TributaryError && error.code === "TRB_MANIFEST_MISSING") return {};
  throw error;
}

/** keccak of each development key's [τ]₂ and β₂, as Solidity gets it from abi.encode of a G2Point. */
export async function developmentDigests(): Promise<{ tau: string[]; beta: string[] }> {
  const tiers = await readManifest().then((manifest) => manifest.tiers, noKeysYet);
  const keys = Object.values(tiers).flatMap((tier) => tier?.keys?.development?.verifyingKey ?? []);
  const digests = (of: "tau" | "beta") =>
    [...new Set(keys.map((key) => keccakWords(g2Words(key[of]))))].sort();
  return { tau: digests("tau"), beta: digests("beta") };
}

const list = (name: string, digests: readonly string[]): string =>
  `export const ${name}: readonly string[] = [\n${digests.map((digest) => `  "${digest}",\n`).join("")}];\n`;

/** src/generated/development-points.ts: the points by which the library refuses a development key, as Params.sol does. */
export async function generate(): Promise<Map<string, string>> {
  const { tau, beta } = await developmentDigests();
  const text = `// Machine-written by scripts/generate/development-points.ts from artifacts/manifest.json

/** keccak of each development key's [τ]₂. */
${list("DEVELOPMENT_TAU", tau)}
/** keccak of each development key's β₂. */
${list("DEVELOPMENT_BETA", beta)}`;
  return new Map([["src/generated/development-points.ts", text]]);
}
