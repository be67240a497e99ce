import * as z from "zod";
import { address, bytes32, decimalBelow, g1, g2, scalar } from "../crypto/codecs.ts";
import { R } from "../crypto/field.ts";
import { POOL_BITS } from "../params/bits.ts";
import { TIER_NAMES, TIERS } from "../params/tiers.ts";

export const BUNDLE_FORMAT = "tributary-proof";
export const BUNDLE_VERSION = 1;

/** Upper bounds over all tiers: a list is refused before its entries are looked at. */
const MAX_TRACES = Math.max(...TIER_NAMES.map((name) => TIERS[name].traces));
const MAX_POSITIONS = Math.max(...TIER_NAMES.map((name) => TIERS[name].positions));

/** Q·2^POOL_BITS bounds every sum of pools, so every payout and U. */
const unitSum = decimalBelow(BigInt(MAX_TRACES) << BigInt(POOL_BITS));

const statement = z.strictObject({
  chainId: decimalBelow(1n << 64n),
  settlement: address,
  batchKey: bytes32,
  indexId: decimalBelow(R),
  n0: decimalBelow(R),
  count: z.int().min(1).max(MAX_TRACES),
  positions: z.int().min(1).max(MAX_POSITIONS),
  indexCommitment: g1,
  pools: z.array(decimalBelow(1n << BigInt(POOL_BITS))).max(MAX_TRACES),
  traces: z.array(scalar).max(MAX_TRACES),
  unattributed: unitSum,
  recipient: address,
});

const proof = z.strictObject({
  h1: scalar,
  h2: scalar,
  y: scalar,
  cq: g1,
  opening: g1,
  a: g1,
  b: g2,
  c: g1,
});

/** The proof bundle of docs/encodings.md; lists may still disagree with `count` and `positions`. */
export const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(BUNDLE_VERSION),
  tier: z.enum(TIER_NAMES),
  keyDigest: bytes32,
  paramsDigest: bytes32,
  statement,
  payouts: z.array(unitSum).max(MAX_POSITIONS),
  payoutCommitment: g1,
  proof,
});

export type Bundle = z.output<typeof bundleSchema>;
/** The bundle as it is written. */
export type BundleJson = z.input<typeof bundleSchema>;
