import {
  PACK,
  PHI_MAX,
  POOL_BITS,
  RATE_BITS,
  RHO_SQUARINGS,
  SCORE_BITS,
  SHIFT,
  U_BIAS,
  U_BITS,
} from "../../src/params/bits.ts";
import { paramsDigest } from "../../src/params/digest.ts";
import { HASH_TAG, PUBLIC_SIGNALS } from "../../src/params/tags.ts";
import { TIERS, type Tier } from "../../src/params/tiers.ts";

const FOLDER = "circuits/generated";

const header = (): string =>
  `// Written by scripts/generate/circuits.ts from src/params; do not edit.\n// Params digest ${paramsDigest()}\n\npragma circom 2.2.0;\n`;

/** Name of the circom function → value; circom has no constants but functions. */
const CONSTANTS: Readonly<Record<string, number | bigint>> = {
  PHI_MAX,
  U_BITS,
  U_BIAS,
  SCORE_BITS,
  POOL_BITS,
  SHIFT,
  RATE_BITS,
  RHO_SQUARINGS,
  U_PER_ELEMENT: PACK.u.perElement,
  SCORES_PER_ELEMENT: PACK.score.perElement,
  AMOUNTS_PER_ELEMENT: PACK.amount.perElement,
  AMOUNT_BITS: PACK.amount.bits,
  TAG_TRACE: HASH_TAG.trace,
  TAG_SCORES: HASH_TAG.scores,
  TAG_FOLD: HASH_TAG.fold,
};

function params(): string {
  const functions = Object.entries(CONSTANTS).map(
    ([name, value]) => `function ${name}() {\n    return ${value};\n}\n`,
  );
  return `${header()}\n${functions.join("\n")}`;
}

/** The instance of Settlement for one tier. */
function mainCircuit(tier: Pick<Tier, "traces" | "positions" | "width">): string {
  const { traces, positions, width } = tier;
  return `${header()}
include "../settlement/settlement.circom";

component main {public [${PUBLIC_SIGNALS.join(", ")}]} = Settlement(${traces}, ${positions}, ${width});
`;
}

/** The machine-written circuit files: path from the repository's root → text. */
export async function generate(): Promise<Map<string, string>> {
  const files = new Map([[`${FOLDER}/params.circom`, params()]]);
  for (const tier of Object.values(TIERS)) {
    files.set(`${FOLDER}/main_${tier.name}.circom`, mainCircuit(tier));
  }
  return files;
}
