import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Poseidon domain tags; the first capacity is tag·2^32 + (number of inputs). */
export const HASH_TAG = { trace: 1n, scores: 2n, fold: 3n } as const;
export const HASH_TAG_SHIFT = 32n;
/** Elements that one permutation absorbs (circomlib's Poseidon of 16 inputs, t = 17). */
export const HASH_RATE = 16;

const tag = (name: string): `0x${string}` => `0x${bytesToHex(keccak_256(utf8ToBytes(name)))}`;

/** Transcript tags: the first 32-byte word of every keccak preimage. */
export const TRANSCRIPT_TAG = {
  alpha: tag("TRIBUTARY_ALPHA_V1"),
  beta: tag("TRIBUTARY_BETA_V1"),
  join: tag("TRIBUTARY_JOIN_V1"),
  batch: tag("TRIBUTARY_BATCH_V1"),
  io: tag("TRIBUTARY_IO_V1"),
  key: tag("TRIBUTARY_KEY_V1"),
} as const;

/** Order of the circuit's public signals, and so of the points of IC after IC[0]. */
export const PUBLIC_SIGNALS = ["h2", "beta", "y"] as const;

/** Order of the statement vector D before the three packed lists (pools, traces, payouts). */
export const STATEMENT_HEAD = ["indexId", "n0", "alpha", "h1", "unattributed"] as const;
