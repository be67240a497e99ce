import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import type { TierName } from "../params/tiers.ts";
import { parseBundle } from "../protocol/bundle.ts";
import type { Settlement, Statement } from "../protocol/statement.ts";
import { keyDigest } from "../protocol/transcript.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";
import type { BatchStatus } from "../settlement/batch-status.ts";
import { type Failure, type Verdict, verdict } from "../verification/verdict.ts";
import { verifyProof, verifySettlement } from "../verification/verify.ts";
import type { ChainFacts } from "./chain-facts.ts";
import { developmentSource, type KeySource } from "./keys/key-source.ts";

/** @throws TRB_KEY_NOT_PINNED */
export async function pinnedKey(source: KeySource, tier: TierName): Promise<VerifyingKey> {
  const key = await source.verifying(tier);
  if (key !== undefined) return key;
  throw new TributaryError("TRB_KEY_NOT_PINNED", "There is no verifying key of this tier.", {
    details: tier,
    hint: `Make development keys with: tributary keys dev --tier ${tier}`,
  });
}

/** What of a bundle is to be checked: against a statement, against what the chain did, or the proof alone. */
export type Expectation =
  | { readonly kind: "statement"; readonly of: (settlement: Settlement) => Promise<Statement | undefined> }
  | {
      readonly kind: "chain";
      readonly of: (settlement: Settlement, key: VerifyingKey) => Promise<ChainFacts>;
    }
  | { readonly kind: "unchecked" }
  | { readonly kind: "proof-only" };

export interface BundleVerdict extends Verdict {
  /** Undefined where the text is no bundle. */
  readonly settlement: Settlement | undefined;
  /** Of the pinned key that the proof was checked with; undefined where there is none of the bundle's tier. */
  readonly keyDigest: Hex | undefined;
  /** What became of the batch; undefined where no chain was asked. */
  readonly status: BatchStatus | undefined;
}

/**
 * Checks a bundle's text. Text that is no bundle is a false bundle, not an error.
 *
 * @param text the bundle, or what reads it: a TRB_BUNDLE error of the reading makes the bundle false, too
 */
export async function verifyBundleText(
  text: string | (() => Promise<string>),
  expectation: Expectation,
  source: KeySource = developmentSource,
): Promise<BundleVerdict> {
  const nothing = { settlement: undefined, keyDigest: undefined, status: undefined };
  let settlement: Settlement;
  try {
    settlement = parseBundle(typeof text === "string" ? text : await text());
  } catch (error) {
    if (!(error instanceof TributaryError) || !error.code.startsWith("TRB_BUNDLE_")) throw error;
    const message = [error.message, error.details].filter(Boolean).join(": ");
    return { ...verdict([{ code: error.code as Failure["code"], message }]), ...nothing };
  }
  const { tier } = settlement.statement;
  const key = await source.verifying(tier);
  if (key === undefined) {
    const missing: Failure = { code: "TRB_VERIFY_KEY", message: `no key of tier ${tier} is pinned here` };
    return { ...verdict([missing]), ...nothing, settlement };
  }
  const { failures, status } = await failuresOf(settlement, expectation, key);
  return { ...verdict(failures), settlement, keyDigest: keyDigest(key), status };
}

async function failuresOf(
  settlement: Settlement,
  expectation: Expectation,
  key: VerifyingKey,
): Promise<{ readonly failures: readonly Failure[]; readonly status: BatchStatus | undefined }> {
  const status = undefined;
  switch (expectation.kind) {
    case "proof-only":
      return { failures: verifyProof(settlement, key).failures, status };
    case "unchecked":
      return { failures: verifySettlement(settlement, undefined, key).failures, status };
    case "statement":
      return { failures: against(settlement, await expectation.of(settlement), key), status };
    case "chain": {
      const facts = await expectation.of(settlement, key);
      return {
        failures: [...facts.failures, ...against(settlement, facts.statement, key)],
        status: facts.status,
      };
    }
  }
}

/** @param expected undefined where there is no such batch */
function against(
  settlement: Settlement,
  expected: Statement | undefined,
  key: VerifyingKey,
): readonly Failure[] {
  if (expected !== undefined) return verifySettlement(settlement, expected, key).failures;
  const unknown: Failure = {
    code: "TRB_VERIFY_STATEMENT",
    message: `the chain knows no batch ${settlement.statement.batchKey}`,
  };
  return [unknown, ...verifyProof(settlement, key).failures];
}
