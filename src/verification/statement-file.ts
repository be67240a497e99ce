import * as z from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { address, bytes32, decimalBelow, g1, scalar, writeG1 } from "../crypto/codecs.ts";
import { R } from "../crypto/field.ts";
import { toHex } from "../crypto/words.ts";
import { POOL_BITS } from "../params/bits.ts";
import { TIER_NAMES } from "../params/tiers.ts";
import type { Statement } from "../protocol/statement.ts";

/**
 * What a reader expects a proof to be about, as a file of their own (`--expect FILE`): the
 * statement's fields in the spelling of the proof bundle, without what the prover claims.
 */
const schema = z.strictObject({
  format: z.literal("tributary-statement"),
  version: z.literal(1),
  tier: z.enum(TIER_NAMES),
  chainId: decimalBelow(1n << 64n),
  settlement: address,
  batchKey: bytes32,
  indexId: decimalBelow(R),
  n0: decimalBelow(R),
  positions: z.int().min(1),
  indexCommitment: g1,
  pools: z.array(decimalBelow(1n << BigInt(POOL_BITS))).min(1),
  traces: z.array(scalar).min(1),
});

/** The statement as JSON, for `parseStatement`. */
export function encodeStatement(statement: Statement): string {
  const file: z.input<typeof schema> = {
    format: "tributary-statement",
    version: 1,
    tier: statement.tier,
    chainId: statement.chainId.toString(),
    settlement: statement.settlement.toLowerCase(),
    batchKey: statement.batchKey.toLowerCase(),
    indexId: statement.indexId.toString(),
    n0: statement.n0.toString(),
    positions: statement.positions,
    indexCommitment: writeG1(statement.indexCommitment),
    pools: statement.pools.map(String),
    traces: statement.traces.map(toHex),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads a file of expectations.
 *
 * @throws TRB_VERIFY_EXPECTATION with what is wrong in it
 */
export function parseStatement(text: string): Statement {
  const refuse = (details: string): never => {
    throw new TributaryError("TRB_VERIFY_EXPECTATION", "this is not a statement to check a proof against", {
      details,
      hint: 'Give a JSON file of the format "tributary-statement", or take the statement from the chain.',
    });
  };
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (cause) {
    return refuse((cause as Error).message);
  }
  const result = schema.safeParse(json);
  if (!result.success) return refuse(z.prettifyError(result.error).slice(0, 1000));
  const { format: _format, version: _version, ...statement } = result.data;
  return statement;
}
