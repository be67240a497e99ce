import { ELEMENT_BYTES } from "../../../src/proof/development/limbs.ts";
import { addressOf, type Field, scratchOf } from "./field.ts";
import { at, get, loop } from "./text.ts";

/** A term of a linear combination in circom's file: wire (u32), coefficient (32 bytes). */
const TERM_BYTES = 36;
/** Of snarkjs's key: matrix, constraint, wire (u32 each), coefficient. */
const ENTRY_BYTES = 44;

/** Walks constraints of three combinations each, every one a count (u32) and its terms; $term is each one's address. */
const walk = (term: string, combination = ""): string => `
    (local.set $row (i32.const 0))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $row) (local.get $rows)))
      (local.set $matrix (i32.const 0))
      (loop $each
        (local.set $n (i32.load (local.get $term)))
        (local.set $term (i32.add (local.get $term) (i32.const 4)))
        ${combination}
        ${loop("i", get("n"), `${term} (local.set $term (i32.add (local.get $term) (i32.const ${TERM_BYTES})))`)}
        (local.set $matrix (i32.add (local.get $matrix) (i32.const 1)))
        (br_if $each (i32.lt_u (local.get $matrix) (i32.const 3))))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (br $next)))`;
const WALK_LOCALS = "(local $row i32) (local $matrix i32) (local $n i32) (local $i i32)";

/**
 * Adds coefficient·L_row of every term to its wire's sum; matrix m's sums begin at sums + m·stride.
 *
 * The product of L_row, an element, and a plain coefficient is a plain number: so are the sums.
 */
const accumulate = (field: Field): string => {
  const coefficient = scratchOf(field);
  const sum = `(i32.add (i32.add (local.get $sums) (i32.mul (local.get $matrix) (local.get $stride)))
          (i32.mul (i32.load (local.get $term)) (i32.const ${ELEMENT_BYTES})))`;
  return `
  (func (export "accumulate") (param $term i32) (param $rows i32) (param $values i32) (param $sums i32) (param $stride i32)
    ${WALK_LOCALS} (local $sum i32)
    ${walk(`(local.set $sum ${sum})
          (call $${field.name}_unpack ${coefficient} (i32.add (local.get $term) (i32.const 4)))
          (call $${field.name}_mul ${coefficient} ${coefficient} ${at(get("values"), get("row"), ELEMENT_BYTES)})
          (call $${field.name}_add (local.get $sum) (local.get $sum) ${coefficient})`)})`;
};

/** Writes the terms of A and B as a key's entries. Returns where they end. */
const entries = (field: Field): string => `
  (func (export "entries") (param $term i32) (param $rows i32) (param $first i32) (param $out i32) (result i32)
    ${WALK_LOCALS}
    ${walk(`(if (i32.lt_u (local.get $matrix) (i32.const 2)) (then
            (i32.store (local.get $out) (local.get $matrix))
            (i32.store offset=4 (local.get $out) (i32.add (local.get $first) (local.get $row)))
            (i32.store offset=8 (local.get $out) (i32.load (local.get $term)))
            (call $${field.name}_unpack ${scratchOf(field)} (i32.add (local.get $term) (i32.const 4)))
            (call $${field.name}_mul ${scratchOf(field)} ${scratchOf(field)} (i32.const ${addressOf(field, "coefficient")}))
            (call $${field.name}_canonical ${scratchOf(field)})
            (call $${field.name}_pack (i32.add (local.get $out) (i32.const 12)) ${scratchOf(field)})
            (local.set $out (i32.add (local.get $out) (i32.const ${ENTRY_BYTES})))))`)}
    (local.get $out))`;

export const circuitText = (field: Field): string => [accumulate(field), entries(field)].join("\n");
