import { ELEMENT_BYTES, LIMB_BITS, LIMB_MASK, LIMBS, RADIX } from "../../../src/proof/development/limbs.ts";
import {
  add,
  carry,
  constant,
  get,
  indices,
  limbData,
  limbsOf,
  load,
  locals,
  low,
  mul,
  set,
  store,
  sub,
  sum,
} from "./text.ts";

/** A prime field as the kernel knows it. */
export interface Field {
  /** Of its functions' names. */
  readonly name: string;
  readonly prime: bigint;
  /** Where its constants and scratch begin in memory. */
  readonly base: number;
}

/** That of snarkjs's files: 2^256. */
const FILE_RADIX = 1n << 256n;
/** Fraction bits of the estimate of a quotient by the prime. */
const QUOTIENT_BITS = 40n;

/** The constants of a field, in the order in which they stand from its base. */
const CONSTANTS = {
  /** Times a plain number: its Montgomery form. */
  enter: (p: bigint) => (RADIX * RADIX) % p,
  /** The element 1. */
  one: (p: bigint) => RADIX % p,
  /** Times an element: its plain number. */
  plain: () => 1n,
  /** Times an element: the form of snarkjs's points. */
  file: (p: bigint) => FILE_RADIX % p,
  /** Times a plain number: FILE_RADIX² times it, the form of snarkjs's coefficients. */
  coefficient: (p: bigint) => (FILE_RADIX * FILE_RADIX * RADIX) % p,
} as const;

export type ConstantName = keyof typeof CONSTANTS;
const NAMES = Object.keys(CONSTANTS) as ConstantName[];

/** Bytes that a field's constants and scratch take. */
export const FIELD_BYTES = 1024;

/** Where a constant of the field is. */
export const addressOf = ({ base }: Field, name: ConstantName): number =>
  base + NAMES.indexOf(name) * ELEMENT_BYTES;

/** Where the field's functions keep an element for themselves. */
export const scratchOf = ({ base }: Field): string => `(i32.const ${base + NAMES.length * ELEMENT_BYTES})`;

const exponentOf = ({ base }: Field): number => base + (NAMES.length + 1) * ELEMENT_BYTES;
const EXPONENT_BITS = 254;

/** −1/p modulo the radix of a limb, by Newton's iteration. */
function negativeInverse(p: bigint): bigint {
  let x = 1n;
  for (let bits = 1; bits < LIMB_BITS; bits *= 2) x = (x * (2n - p * x)) & LIMB_MASK;
  return -x & LIMB_MASK;
}

/** The names of the terms of one product, column by column: Σ a_j·b_{i−j}. */
export const column = (i: number, product: (j: number, k: number) => string): string[] =>
  indices(LIMBS)
    .filter((j) => i - j >= 0 && i - j < LIMBS)
    .map((j) => product(j, i - j));

/**
 * Montgomery reduction, column by column: in column i = 0 … 8 a multiple m_i of p makes the sum divisible, from column 9 on the
 * sums' low bits are the result's limbs. Digits of 29 bits leave room for all of a column's products in 64 bits, with signs,
 * so that nothing is carried until the column is full.
 *
 * @param s local of the running sum, zero before
 * @param m prefix of nine locals
 * @param terms what column i adds to the sum
 */
export function reduceColumn(
  field: Field,
  i: number,
  s: string,
  m: string,
  terms: readonly string[],
  out: string,
): string {
  const p = limbsOf(field.prime);
  const multiples = indices(LIMBS)
    .filter((j) => j < i && i - j < LIMBS)
    .map((j) => mul(get(`${m}${j}`), constant(p[i - j]!)));
  const total = set(s, add(sum([get(s), ...multiples]), sum(terms)));
  if (i >= LIMBS) return `${total} ${store(out, i - LIMBS, low(get(s)))} ${set(s, carry(get(s)))}`;
  const digit = low(mul(get(s), constant(negativeInverse(field.prime))));
  return `${total} ${set(`${m}${i}`, digit)} ${set(s, carry(add(get(s), mul(get(`${m}${i}`), constant(p[0]!)))))}`;
}

/** The columns that a product has besides the last limb, which is what is left in the sum. */
export const COLUMNS = 2 * LIMBS - 1;
export const LAST = LIMBS - 1;

const names = (prefix: string): string[] => indices(LIMBS).map((i) => `${prefix}${i}`);
export const limbLocals = (...prefixes: string[]): string => locals(prefixes.flatMap(names));

export const loadAll = (prefix: string, address: string, first = 0): string =>
  indices(LIMBS)
    .map((i) => set(`${prefix}${i}`, load(address, first + i)))
    .join(" ");

/**
 * Stores Σ t_i·2^(29 i) less the multiple of p that its upper limb suggests: limbs 0 … 7 in [0, 2^29), the value within
 * 2^-18·p of [0, p].
 *
 * Uses the locals q and s. Each t_i is read before limb i is written, so the result may take an operand's place.
 */
function normalise({ prime }: Field, t: readonly string[]): string {
  const p = limbsOf(prime);
  const shift = BigInt(LAST * LIMB_BITS);
  const quotient = (1n << (QUOTIENT_BITS + shift)) / prime;
  const steps = t.map((term, i) => {
    const total = sub(i === 0 ? term : add(get("s"), term), mul(get("q"), constant(p[i]!)));
    if (i === LAST) return store(get("out"), i, total);
    return `${set("s", total)} ${store(get("out"), i, low(get("s")))} ${set("s", carry(get("s")))}`;
  });
  return `
    ${set("q", `(i64.shr_s ${mul(t[LAST]!, constant(quotient))} (i64.const ${QUOTIENT_BITS}))`)}
    ${steps.join("\n    ")}`;
}

function product(field: Field): string {
  const columns = indices(COLUMNS).map((i) =>
    reduceColumn(
      field,
      i,
      "s",
      "m",
      column(i, (j, k) => mul(get(`a${j}`), get(`b${k}`))),
      get("out"),
    ),
  );
  return `
  (func $${field.name}_mul (param $out i32) (param $a i32) (param $b i32) ${limbLocals("a", "b", "m")} ${locals(["s"])}
    ${loadAll("a", get("a"))}
    ${loadAll("b", get("b"))}
    ${columns.join("\n    ")}
    ${store(get("out"), LAST, get("s"))})`;
}

/** 45 products of limbs in place of 81: those of two different limbs are added twice. */
function square(field: Field): string {
  const term = (j: number, k: number): string[] => {
    if (j > k) return [];
    return [mul(get(j === k ? `a${j}` : `d${j}`), get(`a${k}`))];
  };
  const columns = indices(COLUMNS).map((i) => {
    const terms = indices(LIMBS)
      .filter((j) => i - j >= 0 && i - j < LIMBS)
      .flatMap((j) => term(j, i - j));
    return reduceColumn(field, i, "s", "m", terms, get("out"));
  });
  return `
  (func $${field.name}_square (param $out i32) (param $a i32) ${limbLocals("a", "d", "m")} ${locals(["s"])}
    ${loadAll("a", get("a"))}
    ${indices(LIMBS)
      .map((i) => set(`d${i}`, add(get(`a${i}`), get(`a${i}`))))
      .join(" ")}
    ${columns.join("\n    ")}
    ${store(get("out"), LAST, get("s"))})`;
}

function linear(
  field: Field,
  name: string,
  operands: readonly string[],
  term: (i: number) => string,
): string {
  return `
  (func $${field.name}_${name} (param $out i32) ${operands.map((x) => `(param $${x} i32)`).join(" ")} ${locals(["q", "s"])}
    ${normalise(field, indices(LIMBS).map(term))})`;
}

/** a^(p−2). `out` must not be `a`. */
function inverse(field: Field): string {
  const { name } = field;
  const bit = `(i32.and (i32.const 1) (i32.shr_u
    (i32.load8_u offset=${exponentOf(field)} (i32.shr_u ${get("i")} (i32.const 3))) (i32.and ${get("i")} (i32.const 7))))`;
  return `
  (func $${name}_inverse (param $out i32) (param $a i32) (local $i i32)
    (memory.copy ${get("out")} (i32.const ${addressOf(field, "one")}) (i32.const ${ELEMENT_BYTES}))
    (local.set $i (i32.const ${EXPONENT_BITS}))
    (loop $next
      (local.set $i (i32.sub ${get("i")} (i32.const 1)))
      (call $${name}_square ${get("out")} ${get("out")})
      (if ${bit} (then (call $${name}_mul ${get("out")} ${get("out")} ${get("a")})))
      (br_if $next ${get("i")})))`;
}

/**
 * Adds ±p to an element that is less than p off [0, p): it is then in there, in limbs of 29 bits each. Exported for its test:
 * a product that is written is negative once in some 10^8.
 */
function canonical(field: Field): string {
  const { name, prime } = field;
  const p = limbsOf(prime);
  const shifted = (sign: "add" | "sub"): string =>
    indices(LIMBS)
      .map((i) => {
        const term = `(i64.${sign} ${get(`a${i}`)} ${constant(p[i]!)})`;
        const total = i === 0 ? term : add(get("s"), term);
        return i === LAST
          ? set(`d${i}`, total)
          : `${set("s", total)} ${set(`d${i}`, low(get("s")))} ${set("s", carry(get("s")))}`;
      })
      .join(" ");
  const keep = indices(LIMBS)
    .map((i) => set(`a${i}`, get(`d${i}`)))
    .join(" ");
  return `
  (func $${name}_canonical (export "${name}_canonical") (param $out i32) ${limbLocals("a", "d")} ${locals(["s"])}
    ${loadAll("a", get("out"))}
    (if (i64.lt_s ${get(`a${LAST}`)} (i64.const 0)) (then ${shifted("add")} ${keep}))
    ${shifted("sub")}
    (if (i64.ge_s ${get(`d${LAST}`)} (i64.const 0)) (then ${keep}))
    ${indices(LIMBS)
      .map((i) => store(get("out"), i, get(`a${i}`)))
      .join(" ")})`;
}

function isZero(field: Field): string {
  const limbs = indices(LIMBS).map((i) => load(scratchOf(field), i));
  return `
  (func $${field.name}_isZero (param $a i32) (result i32)
    (memory.copy ${scratchOf(field)} ${get("a")} (i32.const ${ELEMENT_BYTES}))
    (call $${field.name}_canonical ${scratchOf(field)})
    (i64.eqz ${limbs.reduce((a, b) => `(i64.or ${a} ${b})`)}))`;
}

/** 32 bytes, little-endian, to limbs as they are. */
function unpack(field: Field): string {
  const limb = (i: number): string => {
    const [word, shift] = [Math.floor((LIMB_BITS * i) / 64), (LIMB_BITS * i) % 64];
    const from = (w: number): string => `(i64.load offset=${8 * w} ${get("bytes")})`;
    const right = `(i64.shr_u ${from(word)} (i64.const ${shift}))`;
    if (shift + LIMB_BITS <= 64 || word === 3) return low(right);
    return low(`(i64.or ${right} (i64.shl ${from(word + 1)} (i64.const ${64 - shift})))`);
  };
  return `
  (func $${field.name}_unpack (param $out i32) (param $bytes i32)
    ${indices(LIMBS)
      .map((i) => store(get("out"), i, limb(i)))
      .join("\n    ")})`;
}

/** Limbs of 29 bits each to 32 bytes, little-endian. */
function pack(field: Field): string {
  const word = (w: number): string => {
    const parts = indices(LIMBS).flatMap((i) => {
      const shift = LIMB_BITS * i - 64 * w;
      if (shift <= -LIMB_BITS || shift >= 64) return [];
      return [`(i64.${shift >= 0 ? "shl" : "shr_u"} ${load(get("a"), i)} (i64.const ${Math.abs(shift)}))`];
    });
    return parts.reduce((a, b) => `(i64.or ${a} ${b})`);
  };
  return `
  (func $${field.name}_pack (param $bytes i32) (param $a i32)
    ${indices(4)
      .map((w) => `(i64.store offset=${8 * w} ${get("bytes")} ${word(w)})`)
      .join("\n    ")})`;
}

const exponentData = (field: Field): string => {
  const bytes = indices(32).map((i) => Number(((field.prime - 2n) >> BigInt(8 * i)) & 255n));
  return `(data (i32.const ${exponentOf(field)}) "${bytes.map((b) => `\\${b.toString(16).padStart(2, "0")}`).join("")}")`;
};

/**
 * A prime field's functions on elements in memory, of nine signed limbs of 29 bits: x stands for x·2^261.
 *
 * Between calls limbs 0 … 7 are in [0, 2^29) and an element's value in (−p/16, 17p/16): a product of two such is again one,
 * as 2^261 is 128 times p and more, so that nothing is compared with p but at the end (`canonical`).
 */
export const fieldText = (field: Field): string =>
  [
    ...NAMES.map((name) => limbData(addressOf(field, name), CONSTANTS[name](field.prime))),
    exponentData(field),
    product(field),
    square(field),
    linear(field, "add", ["a", "b"], (i) => add(load(get("a"), i), load(get("b"), i))),
    linear(field, "sub", ["a", "b"], (i) => sub(load(get("a"), i), load(get("b"), i))),
    linear(field, "negate", ["a"], (i) => sub(constant(0n), load(get("a"), i))),
    inverse(field),
    canonical(field),
    isZero(field),
    unpack(field),
    pack(field),
  ].join("\n");
