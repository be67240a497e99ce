import { utf8ToBytes } from "@noble/hashes/utils.js";
import { keccak256 } from "../crypto/keccak.ts";
import type { Features } from "./types.ts";

/** Every preimage starts with its tag: what is hashed as one thing is never another. A change of the bytes below takes a new V. */
const ROW_TAG = keccak256(utf8ToBytes("TRIBUTARY_ROW_V1"));
const LEAF_TAG = keccak256(utf8ToBytes("TRIBUTARY_LEAF_V1"));

const KIND_BYTE = { text: 0, numeric: 1 } as const;
const HEAD = 32 + 1 + 4;

function featureBytes(features: Features): Uint8Array {
  if (typeof features === "string") return Buffer.from(features, "utf8");
  const bytes = new Uint8Array(features.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < features.length; i++) view.setFloat64(i * 8, features[i]!);
  return bytes;
}

/**
 * What makes two rows the same row: keccak256(tag, kind (1 byte), length of the features' bytes (4, big-endian), the
 * features (UTF-8, or float64 big-endian), the label's UTF-8). The contributor is not in it.
 *
 * @param features normalised, see `normalise.ts`
 * @returns 32 bytes
 */
export function rowDigest(features: Features, label: string): Uint8Array {
  const body = featureBytes(features);
  const name = Buffer.from(label, "utf8");
  const bytes = Buffer.alloc(HEAD + body.length + name.length);
  bytes.set(ROW_TAG);
  bytes.writeUInt8(KIND_BYTE[typeof features === "string" ? "text" : "numeric"], 32);
  bytes.writeUInt32BE(body.length, 33);
  bytes.set(body, HEAD);
  bytes.set(name, HEAD + body.length);
  return keccak256(bytes);
}

/**
 * The Merkle leaf of a row: keccak256 of three words, the tag, the position and the row's digest (`abi.encode` of
 * `bytes32, uint256, bytes32`). So a root says whose each row is.
 */
export function rowLeaf(digest: Uint8Array, position: number): Uint8Array {
  const bytes = Buffer.alloc(96);
  bytes.set(LEAF_TAG);
  bytes.writeUInt32BE(position, 60);
  bytes.set(digest, 64);
  return keccak256(bytes);
}
