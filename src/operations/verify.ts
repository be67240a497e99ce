import { TributaryError } from "../core/errors.ts";
import { DEVELOPMENT_CHAIN_ID } from "../params/development-chain.ts";
import type { TierName } from "../params/tiers.ts";
import { parseBundle } from "../protocol/bundle.ts";
import type { Settlement, Statement } from "../protocol/statement.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";
import { type Failure, type Verdict, verdict } from "../verification/verdict.ts";
import { verifyProof, verifySettlement } from "../verification/verify.ts";
import { developmentSource, type KeySource } from "./keys/key-source.ts";

/** @throws TRB_PIPELINE_NO_KEY */
export async function pinnedKey(source: KeySource, tier: TierName): Promise<VerifyingKey> {
  const key = await source.verifying(tier);
  if (key !== undefined) return key;
  throw new TributaryError("TRB_PIPELINE_NO_KEY", "There is no verifying key of this tier.", {
    details: tier,
    hint: `Make development keys with: tributary keys dev --tier ${tier}`,
  });
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
export async function verifyBundleText(
  text: string,
  expectation: Expectation,
  source: KeySource = developmentSource,
): Promise<BundleVerdict> {
  let settlement: Settlement;
  try {
    settlement = parseBundle(text);
  } catch (error) {
    if (!(error instanceof TributaryError) || !error.code.startsWith("TRB_BUNDLE_")) throw error;
    const message = [error.message, error.details].filter(Boolean).join(": ");
    const failure: Failure = { code: error.code as Failure["code"], message };
    return { ok: false, failures: [failure], settlement: undefined };
  }
  const failures = [
    ...forgeableFailures(settlement, source),
    ...(await failuresOf(settlement, expectation, source)),
  ];
  return { ...verdict(failures), settlement };
}

async function failuresOf(
  settlement: Settlement,
  expectation: Expectation,
  source: KeySource,
): Promise<readonly Failure[]> {
  const { tier, batchKey } = settlement.statement;
  const key = await source.verifying(tier);
  if (key === undefined)
    return [{ code: "TRB_VERIFY_KEY", message: `no key of tier ${tier} is pinned here` }];
  if (expectation.kind === "proof-only") return verifyProof(settlement, key).failures;
  if (expectation.kind === "unchecked") return verifySettlement(settlement, undefined, key).failures;
  const expected = await expectation.of(settlement);
  if (expected !== undefined) return verifySettlement(settlement, expected, key).failures;
  const unknown: Failure = {
    code: "TRB_VERIFY_STATEMENT",
    message: `the chain knows no batch ${batchKey}`,
  };
  return [unknown, ...verifyProof(settlement, key).failures];
}

/** Where the keys are development keys: the contracts take them on one chain only, and so do we. */
function forgeableFailures({ statement }: Settlement, { development }: KeySource): Failure[] {
  if (!development || statement.chainId === DEVELOPMENT_CHAIN_ID) return [];
  return [
    {
      code: "TRB_VERIFY_KEY",
      message: `the pinned key is a development key: anybody can forge under it, so a proof for chain ${statement.chainId} says nothing`,
    },
  ];
}
