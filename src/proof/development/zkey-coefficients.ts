import { SCALAR_BYTES } from "../../core/kzg/curve.ts";
import type { Arena } from "./arena.ts";
import { type R1cs, TERM_BYTES } from "./r1cs.ts";

/** Matrix (u32), constraint (u32), wire (u32), coefficient. */
const ENTRY_BYTES = 12 + SCALAR_BYTES;
const MATRIX_A = 0;

/** How many terms each of the matrices A and B has, and how many C. */
function countTerms(r1cs: R1cs): number {
  let total = 0;
  for (let at = 0, row = 0; row < 3 * r1cs.constraints; row++) {
    const count = r1cs.terms.readUInt32LE(at);
    at += 4 + count * TERM_BYTES;
    if (row % 3 < 2) total += count;
  }
  return total;
}

/**
 * Section 4 of a zkey: the terms of A and B, and A's extra rows for the constant and the public wires.
 *
 * snarkjs stores a coefficient times R² (R = 2^256): its Montgomery product with a plain witness
 * value is then in Montgomery form.
 */
export function zkeyCoefficients(arena: Arena, r1cs: R1cs): Buffer {
  const { call } = arena;
  const total = countTerms(r1cs) + r1cs.publics + 1;
  const section = Buffer.allocUnsafe(4 + total * ENTRY_BYTES);
  section.writeUInt32LE(total);
  const value = arena.reserve(SCALAR_BYTES);
  let out = 4;
  const write = (matrix: number, constraint: number, wire: number, coefficient: Uint8Array): void => {
    section.writeUInt32LE(matrix, out);
    section.writeUInt32LE(constraint, out + 4);
    section.writeUInt32LE(wire, out + 8);
    arena.write(value, coefficient);
    call.frm_toMontgomery!(value, value);
    call.frm_toMontgomery!(value, value);
    section.set(arena.memory().subarray(value, value + SCALAR_BYTES), out + 12);
    out += ENTRY_BYTES;
  };
  for (let at = 0, row = 0; row < 3 * r1cs.constraints; row++) {
    const count = r1cs.terms.readUInt32LE(at);
    at += 4;
    for (let i = 0; i < count; i++, at += TERM_BYTES) {
      if (row % 3 === 2) continue;
      write(
        row % 3,
        Math.floor(row / 3),
        r1cs.terms.readUInt32LE(at),
        r1cs.terms.subarray(at + 4, at + TERM_BYTES),
      );
    }
  }
  const one = Uint8Array.from({ length: SCALAR_BYTES }, (_, i) => (i === 0 ? 1 : 0));
  for (let s = 0; s <= r1cs.publics; s++) write(MATRIX_A, r1cs.constraints + s, s, one);
  return section;
}
