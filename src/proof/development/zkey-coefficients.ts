import { R } from "../../crypto/field.ts";
import { scalarBytes } from "../../crypto/kzg/commit.ts";
import { type Arena, NUMBER_BYTES } from "./arena.ts";
import type { R1cs } from "./r1cs.ts";

/** Matrix (u32), constraint (u32), wire (u32), coefficient. */
const ENTRY_BYTES = 12 + NUMBER_BYTES;
const MATRIX_A = 0;
/** snarkjs's Montgomery radix. */
const RADIX = 1n << 256n;

/** The row (constraints + s) of A with a 1 at wire s, for the constant and each public wire. */
function publicRows({ constraints, publics }: R1cs): Buffer {
  const rows = Buffer.alloc((publics + 1) * ENTRY_BYTES);
  const one = scalarBytes([(RADIX * RADIX) % R]);
  for (let s = 0; s <= publics; s++) {
    const at = s * ENTRY_BYTES;
    rows.writeUInt32LE(MATRIX_A, at);
    rows.writeUInt32LE(constraints + s, at + 4);
    rows.writeUInt32LE(s, at + 8);
    rows.set(one, at + 12);
  }
  return rows;
}

/**
 * Section 4 of a zkey: the terms of A and B, and A's extra rows for the constant and the public wires.
 *
 * snarkjs stores a coefficient times R² (R = 2^256): its Montgomery product with a plain witness
 * value is then in Montgomery form.
 */
export function zkeyCoefficients(arena: Arena, r1cs: R1cs): Uint8Array[] {
  const { chunks } = r1cs;
  const terms = arena.reserve(Math.max(...chunks.map(({ from, to }) => to - from)));
  const out = arena.reserve(Math.max(...chunks.map((chunk) => chunk.terms)) * ENTRY_BYTES);
  const entries = chunks.map(({ from, to, first, rows }) => {
    arena.bytes().set(r1cs.terms.subarray(from, to), terms);
    return arena.bytes().slice(out, arena.call.entries(terms, rows, first, out));
  });
  const total = Buffer.alloc(4);
  total.writeUInt32LE(chunks.reduce((sum, chunk) => sum + chunk.terms, 0) + r1cs.publics + 1);
  return [total, ...entries, publicRows(r1cs)];
}
