import * as z from "zod";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { parseJson } from "../core/json.ts";
import { writeG1, writeG2 } from "../crypto/codecs.ts";
import { toHex } from "../crypto/words.ts";
import { paramsDigest } from "../params/digest.ts";
import { TIERS } from "../params/tiers.ts";
import {
  BUNDLE_FORMAT,
  BUNDLE_VERSION,
  type Bundle,
  type BundleJson,
  bundleSchema,
} from "./bundle-schema.ts";
import type { Settlement } from "./statement.ts";

/** No bundle of the largest tier comes near; a longer text is not parsed at all. */
export const MAX_BUNDLE_CHARACTERS = 256 * 1024;

const lower = (hex: Hex): Hex => hex.toLowerCase() as Hex;

/** The settlement as one line of JSON, the form of docs/encodings.md. */
export function encodeBundle({ statement, claim, proof, keyDigest }: Settlement): string {
  const bundle: BundleJson = {
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    tier: statement.tier,
    keyDigest: lower(keyDigest),
    paramsDigest: paramsDigest(),
    statement: {
      chainId: statement.chainId.toString(),
      settlement: lower(statement.settlement),
      batchKey: lower(statement.batchKey),
      indexId: statement.indexId.toString(),
      n0: statement.n0.toString(),
      count: statement.pools.length,
      positions: statement.positions,
      indexCommitment: writeG1(statement.indexCommitment),
      pools: statement.pools.map(String),
      traces: statement.traces.map(toHex),
      unattributed: claim.unattributed.toString(),
      recipient: lower(claim.recipient),
    },
    payouts: claim.payouts.map(String),
    payoutCommitment: writeG1(claim.payoutCommitment),
    proof: {
      h1: toHex(proof.h1),
      h2: toHex(proof.h2),
      y: toHex(proof.y),
      cq: writeG1(proof.cq),
      opening: writeG1(proof.opening),
      a: writeG1(proof.a),
      b: writeG2(proof.b),
      c: writeG1(proof.c),
    },
  };
  return `${JSON.stringify(bundle)}\n`;
}

/**
 * Reads a proof bundle that anybody may have written.
 *
 * What comes back is well formed: canonical numbers below their bounds, lists of the stated
 * lengths, sizes of the tier, our parameters. Nothing is verified.
 *
 * @throws TRB_BUNDLE_TOO_LARGE, TRB_BUNDLE_JSON, TRB_BUNDLE_FORMAT (another format or version),
 * TRB_BUNDLE_PARAMS (made with other parameters), TRB_BUNDLE_SHAPE (a key or a value), TRB_BUNDLE_COUNT (lists and sizes disagree)
 */
export function parseBundle(text: string): Settlement {
  const json = jsonOf(text);
  checkHead(json);
  const result = bundleSchema.safeParse(json);
  if (!result.success) {
    throw new TributaryError("TRB_BUNDLE_SHAPE", "a value of the proof bundle is not in its form", {
      details: z.prettifyError(result.error).slice(0, 1000),
      hint: "The file may have been edited or cut off; ask for it again. docs/encodings.md has the format.",
    });
  }
  checkSizes(result.data);
  return settlementOf(result.data);
}

function jsonOf(text: string): unknown {
  if (text.length > MAX_BUNDLE_CHARACTERS) {
    throw new TributaryError("TRB_BUNDLE_TOO_LARGE", "this file is too large for a proof bundle", {
      details: `${text.length} characters, at most ${MAX_BUNDLE_CHARACTERS}`,
    });
  }
  try {
    const json: unknown = parseJson(text);
    requireOneReading(json, text);
    return json;
  } catch (cause) {
    throw new TributaryError("TRB_BUNDLE_JSON", "this file is not JSON", {
      cause,
      details: (cause as Error).message,
      hint: "A proof bundle is one JSON object; the file may have been cut off.",
    });
  }
}

/**
 * Refuses JSON that other readers may take for another value: a key given twice (we take the last, others the first), a
 * number or a string in an unusual spelling. A bundle's strings have no spaces, so that all spaces are layout.
 */
function requireOneReading(json: unknown, text: string): void {
  if (JSON.stringify(json) === text.replace(/[ \t\n\r]/g, "")) return;
  throw new SyntaxError("a key is there twice, or a value is not spelled in the usual way");
}

const head = z.object({ format: z.literal(BUNDLE_FORMAT), version: z.literal(BUNDLE_VERSION) });

/** A bundle of another version or other parameters gets its own message, before its other keys are judged. */
function checkHead(json: unknown): void {
  if (!head.safeParse(json).success) {
    throw new TributaryError("TRB_BUNDLE_FORMAT", "this is not a proof bundle of a version known here", {
      hint: `Expected "format": "${BUNDLE_FORMAT}", "version": ${BUNDLE_VERSION}.`,
    });
  }
  const made = (json as { paramsDigest?: unknown }).paramsDigest;
  if (typeof made === "string" && made !== paramsDigest()) {
    throw new TributaryError("TRB_BUNDLE_PARAMS", "this bundle was made with other protocol parameters", {
      details: `bundle ${made.slice(0, 66)}, here ${paramsDigest()}`,
      hint: "Use the release of this program that made the bundle.",
    });
  }
}

function checkSizes({ tier, statement, payouts }: Bundle): void {
  const { traces, positions } = TIERS[tier];
  const { count } = statement;
  const problems = [
    (count > traces || statement.positions > positions) &&
      `tier ${tier} has ${traces} traces and ${positions} positions`,
    (statement.pools.length !== count || statement.traces.length !== count) &&
      `count is ${count}, with ${statement.pools.length} pools and ${statement.traces.length} traces`,
    payouts.length !== statement.positions &&
      `positions is ${statement.positions}, with ${payouts.length} payouts`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) {
    throw new TributaryError("TRB_BUNDLE_COUNT", "sizes in the proof bundle disagree", {
      details: problems.join("; "),
    });
  }
}

function settlementOf(bundle: Bundle): Settlement {
  const { unattributed, recipient, count: _, ...statement } = bundle.statement;
  return {
    keyDigest: bundle.keyDigest,
    statement: { tier: bundle.tier, ...statement },
    claim: { payouts: bundle.payouts, payoutCommitment: bundle.payoutCommitment, unattributed, recipient },
    proof: bundle.proof,
  };
}
