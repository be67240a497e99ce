import { parseBundle } from "../core/bundle.ts";
import { DEVELOPMENT_CHAIN_ID } from "../core/development-chain.ts";
import { TributaryError } from "../core/errors.ts";
import { readManifest } from "../core/manifest.ts";
import type { Settlement, Statement } from "../core/statement.ts";
import type { VerifyingKey } from "../core/verifying-key.ts";
import type { TierName } from "../params/tiers.ts";
import { type Failure, type Verdict, verdict } from "../verification/verdict.ts";
import { verifyProof, verifySettlement } from "../verification/verify.ts";

/**
 * The verifying key of a tier as the repository pins it. A bundle never brings its own.
 *
 * @throws TRB_PIPELINE_NO_KEY
 */
export async function pinnedKey(tier: TierName): Promise<VerifyingKey> {
  const key = (await readManifest()).tiers[tier]?.keys?.development?.verifyingKey;
  if (key !== undefined) return key;
  throw new TributaryError(
    "TRB_PIPELINE_NO_KEY",
    "No key of this tier is pinned in artifacts/manifest.json.",
    {
      details: tier,
      hint: `Make development keys with: tributary keys dev --tier ${tier}`,
    },
  );
}

/** What of a bundle is to be checked: against a statement, or the proof alone. */
export type Expectation =
  | { readonly kind: "statement"; readonly of: (settlement: Settlement) => Promise<Statement | undefined> }
  | { readonly kind: "unchecked" }
  | { readonly kind: "proof-only" };

export interface BundleVerdict extends Verdict {
  /** Undefined where the text is no bundle. */
  readonly settlement: Settlement | undefined;
}

/** Checks a bundle's text. Text that is no bundle is a false bundle, not an error. */
export async function verifyBundleText(text: string, expectation: Expectation): Promise<BundleVerdict> {
  let settlement: Settlement;
  try {
    settlement = parseBundle(text);
  } catch (error) {
    if (!(error instanceof TributaryError) || !error.code.startsWith("TRB_BUNDLE_")) throw error;
    const message = [error.message, error.details].filter(Boolean).join(": ");
    const failure: Failure = { code: error.code as Failure["code"], message };
    return { ok: false, failures: [failure], settlement: undefined };
  }
  const { failures } = await verdictOf(settlement, expectation);
  return { ...verdict([...forgeableFailures(settlement), ...failures]), settlement };
}

async function verdictOf(settlement: Settlement, expectation: Expectation): Promise<Verdict> {
  const key = await pinnedKey(settlement.statement.tier);
  if (expectation.kind === "proof-only") return verifyProof(settlement, key);
  if (expectation.kind === "unchecked") return verifySettlement(settlement, undefined, key);
  const expected = await expectation.of(settlement);
  if (expected !== undefined) return verifySettlement(settlement, expected, key);
  const unknown: Failure = {
    code: "TRB_VERIFY_STATEMENT",
    message: `the chain knows no batch ${settlement.statement.batchKey}`,
  };
  return verdict([unknown, ...verifyProof(settlement, key).failures]);
}

/** The pinned keys are development keys: the contracts take them on one chain only, and so do we. */
function forgeableFailures({ statement }: Settlement): Failure[] {
  if (statement.chainId === DEVELOPMENT_CHAIN_ID) return [];
  return [
    {
      code: "TRB_VERIFY_KEY",
      message: `the pinned key is a development key: anybody can forge under it, so a proof for chain ${statement.chainId} says nothing`,
    },
  ];
}
