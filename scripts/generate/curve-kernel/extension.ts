import { ELEMENT_BYTES, LIMBS } from "../../../src/proof/development/limbs.ts";
import { COLUMNS, column, type Field, LAST, limbLocals, loadAll, reduceColumn, scratchOf } from "./field.ts";
import { add, get, indices, locals, mul, set, store, sub, sum } from "./text.ts";

const second = (address: string): string => `(i32.add ${address} (i32.const ${ELEMENT_BYTES}))`;

/**
 * (x + y·u)(v + w·u) with u² = −1, by Karatsuba: three products of limbs, and one reduction for each part. The columns of the
 * three are sums modulo 2^64; what is reduced, xv − yw and xw + yv, has 62.75 bits at most.
 */
function product(field: Field): string {
  const columns = indices(COLUMNS).map((i) => {
    const of = (a: string, b: string): string =>
      sum(column(i, (j, k) => mul(get(`${a}${j}`), get(`${b}${k}`))));
    return `
    ${set("t", of("x", "v"))} ${set("z", of("y", "w"))}
    ${reduceColumn(field, i, "s", "m", [sub(get("t"), get("z"))], get("out"))}
    ${reduceColumn(field, i, "r", "n", [add(of("d", "e"), add(get("t"), get("z")))], second(get("out")))}`;
  });
  const differences = indices(LIMBS).map(
    (i) =>
      `${set(`d${i}`, sub(get(`x${i}`), get(`y${i}`)))} ${set(`e${i}`, sub(get(`w${i}`), get(`v${i}`)))}`,
  );
  return `
  (func $${field.name}2_mul (param $out i32) (param $a i32) (param $b i32)
    ${limbLocals("x", "y", "v", "w", "d", "e", "m", "n")} ${locals(["s", "r", "t", "z"])}
    ${loadAll("x", get("a"))} ${loadAll("y", get("a"), LIMBS)}
    ${loadAll("v", get("b"))} ${loadAll("w", get("b"), LIMBS)}
    ${differences.join(" ")}
    ${columns.join("\n")}
    ${store(get("out"), LAST, get("s"))} ${store(second(get("out")), LAST, get("r"))})`;
}

/** (x + y)(x − y) + 2xy·u. */
function square(field: Field): string {
  const columns = indices(COLUMNS).map((i) => {
    const of = (a: string, b: string): string[] => column(i, (j, k) => mul(get(`${a}${j}`), get(`${b}${k}`)));
    return `
    ${reduceColumn(field, i, "s", "m", of("d", "e"), get("out"))}
    ${reduceColumn(field, i, "r", "n", of("x", "y"), second(get("out")))}`;
  });
  const prepared = indices(LIMBS).map(
    (i) =>
      `${set(`d${i}`, add(get(`x${i}`), get(`y${i}`)))} ${set(`e${i}`, sub(get(`x${i}`), get(`y${i}`)))} ${set(`x${i}`, add(get(`x${i}`), get(`x${i}`)))}`,
  );
  return `
  (func $${field.name}2_square (param $out i32) (param $a i32)
    ${limbLocals("x", "y", "d", "e", "m", "n")} ${locals(["s", "r"])}
    ${loadAll("x", get("a"))} ${loadAll("y", get("a"), LIMBS)}
    ${prepared.join(" ")}
    ${columns.join("\n")}
    ${store(get("out"), LAST, get("s"))} ${store(second(get("out")), LAST, get("r"))})`;
}

const inParts = (field: Field, name: string, operands: readonly string[]): string => {
  const call = (at: (address: string) => string): string =>
    `(call $${field.name}_${name} ${["out", ...operands].map((x) => at(get(x))).join(" ")})`;
  return `
  (func $${field.name}2_${name} ${["out", ...operands].map((x) => `(param $${x} i32)`).join(" ")}
    ${call((address) => address)}
    ${call(second)})`;
};

/** (x − y·u)/(x² + y²). `out` must not be `a`. */
function inverse(field: Field): string {
  const { name } = field;
  const norm = `(i32.add ${scratchOf(field)} (i32.const 128))`;
  return `
  (func $${name}2_inverse (param $out i32) (param $a i32)
    (call $${name}_square ${get("out")} ${get("a")})
    (call $${name}_square ${second(get("out"))} ${second(get("a"))})
    (call $${name}_add ${norm} ${get("out")} ${second(get("out"))})
    (call $${name}_inverse ${get("out")} ${norm})
    (call $${name}_mul ${second(get("out"))} ${get("out")} ${second(get("a"))})
    (call $${name}_negate ${second(get("out"))} ${second(get("out"))})
    (call $${name}_mul ${get("out")} ${get("out")} ${get("a")}))`;
}

/** The quadratic extension of a field, two elements side by side: the coordinates of G2. */
export const extensionText = (field: Field): string =>
  [
    product(field),
    square(field),
    inParts(field, "add", ["a", "b"]),
    inParts(field, "sub", ["a", "b"]),
    inParts(field, "negate", ["a"]),
    inverse(field),
    `
  (func $${field.name}2_isZero (param $a i32) (result i32)
    (i32.and (call $${field.name}_isZero ${get("a")}) (call $${field.name}_isZero ${second(get("a"))})))`,
  ].join("\n");
