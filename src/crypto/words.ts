import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { TributaryError } from "../core/errors.ts";
import type { Hex } from "../core/hex.ts";
import { R } from "./field.ts";
import type { G1, G2 } from "./points.ts";

/** A 32-byte word as a number, or as hex of at most 32 bytes (an address, a digest), padded on the left. */
export type Word = bigint | Hex;

/** `0x` and 64 lower-case digits: how a field element, a coordinate or a digest is written. */
export const toHex = (value: bigint): Hex => `0x${value.toString(16).padStart(64, "0")}`;

/**
 * The 32 bytes of a word, big-endian.
 *
 * @throws TRB_CORE_RANGE for a number that does not fit 256 bits, or text that is not hex
 */
function wordBytes(word: Word): Uint8Array {
  const value = typeof word === "bigint" ? word : hexValue(word);
  if (value < 0n || value >> 256n !== 0n) {
    throw new TributaryError("TRB_CORE_RANGE", "a word has 256 bits", { details: value.toString() });
  }
  return hexToBytes(toHex(value).slice(2));
}

function hexValue(word: Hex): bigint {
  if (!/^0x[0-9a-fA-F]+$/.test(word)) {
    throw new TributaryError("TRB_CORE_RANGE", "a word is a number or hex", { details: String(word) });
  }
  return BigInt(word);
}

/** keccak256 of bytes. */
export const keccak = (bytes: Uint8Array): Hex => `0x${bytesToHex(keccak_256(bytes))}`;

/** keccak256 of the words' concatenation: Solidity's `keccak256(abi.encode(…))` of static types. */
export const keccakWords = (words: readonly Word[]): Hex => keccak(concatBytes(...words.map(wordBytes)));

/** keccakWords as a scalar: reduced mod r. */
export const challenge = (words: readonly Word[]): bigint => BigInt(keccakWords(words)) % R;

/** A G1 point's two words. */
export const g1Words = ({ x, y }: G1): bigint[] => [x, y];

/** A G2 point's four words, c0 before c1. */
export const g2Words = ({ x, y }: G2): bigint[] => [...x, ...y];
