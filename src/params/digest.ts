import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as bits from "./bits.ts";
import * as tags from "./tags.ts";
import { TIERS } from "./tiers.ts";

const plain = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value;

/**
 * keccak256 of every parameter: written into each generated file, the key
 * manifest, the contracts and every proof bundle. Two parties whose digests differ do
 * not speak the same protocol and refuse each other.
 */
export function paramsDigest(): `0x${string}` {
  const constants = Object.fromEntries(
    Object.entries({ ...bits, ...tags }).filter(([, value]) => typeof value !== "function"),
  );
  const text = JSON.stringify({ tiers: TIERS, ...constants }, plain);
  return `0x${bytesToHex(keccak_256(utf8ToBytes(text)))}`;
}
