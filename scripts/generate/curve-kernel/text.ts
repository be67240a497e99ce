import { LIMB_BITS, LIMB_MASK, LIMBS } from "../../../src/proof/development/limbs.ts";

/** Pieces of WebAssembly text. Expressions are folded, of type i64 unless said otherwise. */

export const indices = (n: number): number[] => [...Array(n).keys()];

export const get = (name: string): string => `(local.get $${name})`;
export const set = (name: string, value: string): string => `(local.set $${name} ${value})`;
export const constant = (value: bigint): string => `(i64.const ${value})`;
export const add = (a: string, b: string): string => `(i64.add ${a} ${b})`;
export const sub = (a: string, b: string): string => `(i64.sub ${a} ${b})`;
export const mul = (a: string, b: string): string => `(i64.mul ${a} ${b})`;
/** Of one or more. */
export const sum = (terms: readonly string[]): string => terms.reduce(add);
export const low = (value: string): string => `(i64.and ${value} ${constant(LIMB_MASK)})`;
/** Arithmetic shift: digits and carries have signs. */
export const carry = (value: string): string => `(i64.shr_s ${value} (i64.const ${LIMB_BITS}))`;

/** Limb i at an address (an i32 expression). */
export const load = (address: string, i: number): string => `(i64.load32_s offset=${4 * i} ${address})`;
export const store = (address: string, i: number, value: string): string =>
  `(i64.store32 offset=${4 * i} ${address} ${value})`;

export const locals = (names: readonly string[], type: "i32" | "i64" = "i64"): string =>
  names.map((name) => `(local $${name} ${type})`).join(" ");

/** Address + index·bytes, as i32. */
export const at = (base: string, index: string, bytes: number): string =>
  `(i32.add ${base} (i32.mul ${index} (i32.const ${bytes})))`;

/** `body` for $i = 0 … n − 1; both are locals of type i32. */
export const loop = (i: string, n: string, body: string): string => `
  (local.set $${i} (i32.const 0))
  (block $${i}_done (loop $${i}_next
    (br_if $${i}_done (i32.ge_u (local.get $${i}) ${n}))
    ${body}
    (local.set $${i} (i32.add (local.get $${i}) (i32.const 1)))
    (br $${i}_next)))`;

export const limbsOf = (value: bigint): bigint[] =>
  indices(LIMBS).map((i) => (value >> BigInt(LIMB_BITS * i)) & LIMB_MASK);

/** A passive constant in memory: its limbs as bytes of a data segment. */
export function limbData(address: number, value: bigint): string {
  const bytes = limbsOf(value).flatMap((limb) =>
    [0, 8, 16, 24].map((shift) => Number((limb >> BigInt(shift)) & 255n)),
  );
  const text = bytes.map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  return `(data (i32.const ${address}) "${text}")`;
}
