import { at, get, loop } from "./text.ts";
import { invertAll } from "./vectors.ts";

/** A group of affine points over a field of the kernel. */
export interface Group {
  readonly name: string;
  /** The coordinates' functions. */
  readonly field: string;
  readonly coordinateBytes: number;
  /** Where the element 1 of the prime field is. */
  readonly one: number;
  /** Where four coordinates of scratch are. */
  readonly scratch: number;
}

/** Two i32 for an addition: the address of a sum, and that of an entry, with 1 added to it if its negative is meant. */
const PAIR_BYTES = 8;

const inCoordinates = ({ field, coordinateBytes, scratch }: Group) => ({
  y: (address: string): string => `(i32.add ${address} (i32.const ${coordinateBytes}))`,
  scratch: (i: number): string => `(i32.const ${scratch + i * coordinateBytes})`,
  call: (operation: string, ...operands: string[]): string =>
    `(call $${field}_${operation} ${operands.join(" ")})`,
});

const PAIR = `
    (local.set $sum (i32.load (local.get $pair)))
    (local.set $entry (i32.load offset=4 (local.get $pair)))
    (local.set $negative (i32.and (local.get $entry) (i32.const 1)))
    (local.set $entry (i32.sub (local.get $entry) (local.get $negative)))`;
const PAIR_LOCALS = "(local $pair i32) (local $sum i32) (local $entry i32) (local $negative i32)";
const setPair = (list: string): string => `(local.set $pair ${at(get(list), get("i"), PAIR_BYTES)})${PAIR}`;

/** sum = ±entry */
function start(group: Group): string {
  const { y, call } = inCoordinates(group);
  const size = 2 * group.coordinateBytes;
  return `
  (func (export "${group.name}_start") (param $pairs i32) (param $n i32) (local $i i32) ${PAIR_LOCALS}
    ${loop(
      "i",
      get("n"),
      `${setPair("pairs")}
       (memory.copy ${get("sum")} ${get("entry")} (i32.const ${size}))
       (if ${get("negative")} (then ${call("negate", y(get("sum")), y(get("sum")))}))`,
    )})`;
}

/**
 * sum += ±entry, in affine coordinates: the differences of x are inverted together, so that an addition takes five products and
 * a square, about half of a mixed Jacobian one. `work` holds 2n + 2 coordinates.
 *
 * A sum equal to its entry or to the entry's negative cannot be added so: the function returns 0 then, and nothing is changed.
 */
function addAll(group: Group): string {
  const { y, scratch, call } = inCoordinates(group);
  const [slope, x] = [scratch(0), scratch(1)];
  const difference = at(get("work"), get("i"), group.coordinateBytes);
  return `
  (func (export "${group.name}_add") (param $pairs i32) (param $work i32) (param $n i32) (result i32)
    (local $i i32) ${PAIR_LOCALS}
    ${loop("i", get("n"), `${setPair("pairs")} ${call("sub", difference, get("entry"), get("sum"))}`)}
    (if (i32.eqz (call $${group.name}_invert ${get("work")} ${at(get("work"), get("n"), group.coordinateBytes)} ${get("n")}))
      (then (return (i32.const 0))))
    ${loop(
      "i",
      get("n"),
      `${setPair("pairs")}
       ;; For a negative entry the slope is −(y_entry + y_sum)/(x_entry − x_sum): its sign is put into the last difference.
       (if ${get("negative")}
         (then ${call("add", slope, y(get("entry")), y(get("sum")))})
         (else ${call("sub", slope, y(get("entry")), y(get("sum")))}))
       ${call("mul", slope, slope, difference)}
       ${call("square", x, slope)}
       ${call("sub", x, x, get("sum"))}
       ${call("sub", x, x, get("entry"))}
       (if ${get("negative")}
         (then ${call("sub", get("sum"), x, get("sum"))})
         (else ${call("sub", get("sum"), get("sum"), x)}))
       ${call("mul", slope, slope, get("sum"))}
       ${call("sub", y(get("sum")), slope, y(get("sum")))}
       (memory.copy ${get("sum")} ${x} (i32.const ${group.coordinateBytes}))`,
    )}
    (i32.const 1))`;
}

/** out = 2a on y² = x³ + b; a has no order 2, so y is not 0. `out` may be `a`. */
function double(group: Group): string {
  const { y, scratch, call } = inCoordinates(group);
  const [slope, x, square, inverse] = [scratch(0), scratch(1), scratch(2), scratch(3)];
  return `
  (func (export "${group.name}_double") (param $out i32) (param $a i32)
    ${call("add", slope, y(get("a")), y(get("a")))}
    ${call("inverse", inverse, slope)}
    ${call("square", square, get("a"))}
    ${call("add", slope, square, square)}
    ${call("add", slope, slope, square)}
    ${call("mul", slope, slope, inverse)}
    ${call("square", x, slope)}
    ${call("sub", x, x, get("a"))}
    ${call("sub", x, x, get("a"))}
    ${call("sub", square, get("a"), x)}
    ${call("mul", slope, slope, square)}
    ${call("sub", y(get("out")), slope, y(get("a")))}
    (memory.copy ${get("out")} ${x} (i32.const ${group.coordinateBytes})))`;
}

export const groupText = (group: Group): string =>
  [
    invertAll(`${group.name}_invert`, group.field, group.one, group.coordinateBytes, group.coordinateBytes),
    start(group),
    addAll(group),
    double(group),
  ].join("\n");
