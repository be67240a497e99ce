import { utf8ToBytes } from "@noble/hashes/utils.js";
import { keccak256 } from "../crypto/keccak.ts";

/**
 * An ordered Merkle tree of 32-byte leaves, of the shape of RFC 6962, section 2.1: the last node of a level with an odd
 * number is carried up as it is. (Trees that pair it with itself give two lists of leaves one root: CVE-2012-2459.)
 * The root also hashes the number of leaves, so an inner node cannot pass as a leaf of a smaller tree.
 */
const NODE_TAG = keccak256(utf8ToBytes("TRIBUTARY_NODE_V1"));
const ROOT_TAG = keccak256(utf8ToBytes("TRIBUTARY_ROOT_V1"));

const node = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(96);
  bytes.set(NODE_TAG);
  bytes.set(left, 32);
  bytes.set(right, 64);
  return keccak256(bytes);
};

const seal = (count: number, top: Uint8Array): Uint8Array => {
  const bytes = Buffer.alloc(96);
  bytes.set(ROOT_TAG);
  bytes.writeUInt32BE(count, 60);
  bytes.set(top, 64);
  return keccak256(bytes);
};

function parents(level: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
    const right = level[2 * i + 1];
    return right === undefined ? level[2 * i]! : node(level[2 * i]!, right);
  });
}

/**
 * A tree that grows leaf by leaf and holds the roots of its whole subtrees only, one for each bit of their number: the root of
 * every prefix costs no second pass, and a million leaves no memory.
 */
export class MerkleFrontier {
  /** Roots of whole subtrees, the largest first. */
  readonly #tops: Uint8Array[] = [];
  #count = 0;

  /** @param leaf 32 bytes, the hash of a tagged preimage */
  add(leaf: Uint8Array): void {
    let top = leaf;
    for (let size = this.#count; size % 2 === 1; size = (size - 1) / 2) top = node(this.#tops.pop()!, top);
    this.#tops.push(top);
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  /** The root of the leaves so far; at least one, fewer than 2^32. @throws RangeError where there is none */
  root(): Uint8Array {
    if (this.#count === 0) throw new RangeError("a tree has at least one leaf");
    return seal(
      this.#count,
      this.#tops.reduceRight((right, left) => node(left, right)),
    );
  }
}

/** @param leaves at least one, fewer than 2^32, of 32 bytes each; each the hash of a tagged preimage */
export function merkleRoot(leaves: Iterable<Uint8Array>): Uint8Array {
  const tree = new MerkleFrontier();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** That one leaf stands at one place of a tree. */
export interface InclusionProof {
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly count: number;
  /** Siblings from the leaf up; a level where the node is carried up has none. */
  readonly path: readonly Uint8Array[];
}

/** @throws RangeError where there is no leaf of that index */
export function proveInclusion(leaves: readonly Uint8Array[], index: number): InclusionProof {
  if (!(Number.isInteger(index) && index >= 0 && index < leaves.length)) {
    throw new RangeError(`no leaf ${index} among ${leaves.length}`);
  }
  const path: Uint8Array[] = [];
  let level: readonly Uint8Array[] = leaves;
  for (let i = index; level.length > 1; i >>>= 1) {
    const sibling = level[i ^ 1];
    if (sibling !== undefined) path.push(sibling);
    level = parents(level);
  }
  return { index, count: leaves.length, path };
}

const isWord = (value: Uint8Array): boolean => value.length === 32;

/** Whether the leaf is the `index`-th of the `count` leaves under the root. False, never an error, for any hostile proof. */
export function verifyInclusion(root: Uint8Array, leaf: Uint8Array, proof: InclusionProof): boolean {
  const { index, count, path } = proof;
  const placed = Number.isInteger(index) && Number.isInteger(count) && index >= 0 && index < count;
  if (!placed || count >= 2 ** 32 || ![root, leaf, ...path].every(isWord)) return false;
  let current = leaf;
  let used = 0;
  let i = index;
  for (let n = count; n > 1; n = Math.ceil(n / 2)) {
    const isRight = i % 2 === 1;
    if (isRight || i + 1 < n) {
      const sibling = path[used++];
      if (sibling === undefined) return false;
      current = isRight ? node(sibling, current) : node(current, sibling);
    }
    i = Math.floor(i / 2);
  }
  return used === path.length && Buffer.compare(seal(count, current), root) === 0;
}
