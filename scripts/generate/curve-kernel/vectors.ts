import { ELEMENT_BYTES } from "../../../src/proof/development/limbs.ts";
import { addressOf, type ConstantName, type Field, scratchOf } from "./field.ts";
import { at, get, loop } from "./text.ts";

const FILE_BYTES = 32;

/** n elements, one behind the other. */
const item = (name: string): string => at(get(name), get("i"), ELEMENT_BYTES);

/** out_i = a_i ∘ b_i; with a step of 0 bytes in place of an element's, b is one element for all. */
const binary = ({ name }: Field, operation: string): string => `
  (func (export "${name}_${operation}") (param $out i32) (param $a i32) (param $b i32) (param $step i32) (param $n i32)
    (local $i i32)
    ${loop("i", get("n"), `(call $${name}_${operation} ${item("out")} ${item("a")} (i32.add ${get("b")} (i32.mul ${get("i")} ${get("step")})))`)})`;

/** 32-byte numbers, times a constant. */
const read = (field: Field, name: string, constant: ConstantName): string => `
  (func (export "${field.name}_${name}") (param $out i32) (param $bytes i32) (param $n i32) (local $i i32)
    ${loop(
      "i",
      get("n"),
      `(call $${field.name}_unpack ${scratchOf(field)} ${at(get("bytes"), get("i"), FILE_BYTES)})
       (call $${field.name}_mul ${item("out")} ${scratchOf(field)} (i32.const ${addressOf(field, constant)}))`,
    )})`;

/** Elements times a constant, as 32-byte numbers below the prime. */
const write = (field: Field, name: string, constant: ConstantName): string => `
  (func (export "${field.name}_${name}") (param $bytes i32) (param $a i32) (param $n i32) (local $i i32)
    ${loop(
      "i",
      get("n"),
      `(call $${field.name}_mul ${scratchOf(field)} ${item("a")} (i32.const ${addressOf(field, constant)}))
       (call $${field.name}_canonical ${scratchOf(field)})
       (call $${field.name}_pack ${at(get("bytes"), get("i"), FILE_BYTES)} ${scratchOf(field)})`,
    )})`;

/** first, first·step, first·step², … */
const powers = ({ name }: Field): string => `
  (func (export "${name}_powers") (param $out i32) (param $first i32) (param $step i32) (param $n i32) (local $i i32)
    (memory.copy ${get("out")} ${get("first")} (i32.const ${ELEMENT_BYTES}))
    (local.set $n (i32.sub ${get("n")} (i32.const 1)))
    ${loop("i", get("n"), `(call $${name}_mul (i32.add ${item("out")} (i32.const ${ELEMENT_BYTES})) ${item("out")} ${get("step")})`)})`;

/**
 * Inverts `n` elements of `bytes` bytes in place, by one inversion (Montgomery's trick).
 *
 * In place: element i gives way to the product of those before it, kept at `products` (n + 1 elements).
 *
 * @returns of the function: 0 if one of the elements is zero, and nothing is inverted then
 */
export const invertAll = (
  exported: string,
  field: string,
  one: number,
  bytes: number,
  elementBytes: number,
): string => {
  const element = at(get("a"), get("i"), bytes);
  const before = at(get("products"), get("i"), elementBytes);
  return `
  (func $${exported} (export "${exported}") (param $a i32) (param $products i32) (param $n i32) (result i32)
    (local $i i32) (local $rest i32)
    (memory.fill ${get("products")} (i32.const 0) (i32.const ${elementBytes}))
    (memory.copy ${get("products")} (i32.const ${one}) (i32.const ${ELEMENT_BYTES}))
    ${loop("i", get("n"), `(call $${field}_mul (i32.add ${before} (i32.const ${elementBytes})) ${before} ${element})`)}
    (local.set $rest ${at(get("products"), get("n"), elementBytes)})
    (if (call $${field}_isZero ${get("rest")}) (then (return (i32.const 0))))
    ;; The slot of the last product is needed no more than as the running inverse; it is inverted by way of the slot behind.
    (call $${field}_inverse (i32.add ${get("rest")} (i32.const ${elementBytes})) ${get("rest")})
    (memory.copy ${get("rest")} (i32.add ${get("rest")} (i32.const ${elementBytes})) (i32.const ${elementBytes}))
    (block $done (loop $next
      (br_if $done (i32.eqz ${get("i")}))
      (local.set $i (i32.sub ${get("i")} (i32.const 1)))
      (call $${field}_mul ${before} ${before} ${get("rest")})
      (call $${field}_mul ${get("rest")} ${get("rest")} ${element})
      (memory.copy ${element} ${before} (i32.const ${elementBytes}))
      (br $next)))
    (i32.const 1))`;
};

/** Functions on many elements: what JavaScript calls. */
export const vectorText = (field: Field): string =>
  [
    binary(field, "mul"),
    binary(field, "add"),
    binary(field, "sub"),
    read(field, "enter", "enter"),
    write(field, "plain", "plain"),
    write(field, "file", "file"),
    powers(field),
    invertAll(`${field.name}_invert`, field.name, addressOf(field, "one"), ELEMENT_BYTES, ELEMENT_BYTES),
  ].join("\n");
