import { R } from "../../crypto/field.ts";

/** Constraints that follow one another. */
export interface RowChunk {
  /** Their bytes among the terms. */
  readonly from: number;
  readonly to: number;
  /** The first constraint's number, and how many there are. */
  readonly first: number;
  readonly rows: number;
  /** Terms of A and B. */
  readonly terms: number;
}

const CHUNK_BYTES = 2 ** 24;
const MATRICES = 3;
/** Wire (u32), coefficient (32 bytes, little-endian). */
const TERM_BYTES = 36;
const COEFFICIENT_TOP = 32;
const ORDER_TOP = Number(R >> 224n);

const isBelowOrder = (terms: Buffer, at: number): boolean => {
  const top = terms.readUInt32LE(at + COEFFICIENT_TOP);
  if (top !== ORDER_TOP) return top < ORDER_TOP;
  return (
    BigInt(
      `0x${Buffer.from(terms.subarray(at + 4, at + TERM_BYTES))
        .reverse()
        .toString("hex")}`,
    ) < R
  );
};

/** Looks through a combination at `at`: where it ends, or what is wrong with it. */
function combinationEnd(terms: Buffer, at: number, wires: number): number | string {
  if (at + 4 > terms.length) return "fewer constraints than its header says";
  const end = at + 4 + terms.readUInt32LE(at) * TERM_BYTES;
  if (end > terms.length) return "a constraint longer than the file";
  for (let term = at + 4; term < end; term += TERM_BYTES) {
    if (terms.readUInt32LE(term) >= wires) return "a term of a wire that there is not";
    if (!isBelowOrder(terms, term)) return "a coefficient that is not below r";
  }
  return end;
}

/**
 * The constraints in parts of some megabytes, every term looked at: what computes with them trusts them.
 *
 * @returns what is wrong with them, if anything is
 */
export function rowChunks(terms: Buffer, constraints: number, wires: number): RowChunk[] | string {
  if (constraints === 0) return "no constraints";
  const chunks: RowChunk[] = [];
  let [from, first, counted, at] = [0, 0, 0, 0];
  for (let row = 0; row < constraints; row++) {
    for (let matrix = 0; matrix < MATRICES; matrix++) {
      const end = combinationEnd(terms, at, wires);
      if (typeof end === "string") return end;
      if (matrix < 2) counted += (end - at - 4) / TERM_BYTES;
      at = end;
    }
    if (at - from < CHUNK_BYTES && row < constraints - 1) continue;
    chunks.push({ from, to: at, first, rows: row + 1 - first, terms: counted });
    [from, first, counted] = [at, row + 1, 0];
  }
  return at === terms.length ? chunks : "more constraints than its header says";
}
