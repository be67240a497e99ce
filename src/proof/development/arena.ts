import { reserve as grow, type ModuleMemory, moduleOf } from "../../core/web-assembly.ts";
import { P, R } from "../../crypto/field.ts";
import { KERNEL } from "./kernel-module.ts";
import { ELEMENT_BYTES, LIMB_BITS, LIMB_MASK, LIMBS, RADIX } from "./limbs.ts";

/** Bytes of a number outside of the kernel. */
export const NUMBER_BYTES = 32;

const ORDER = { p: P, r: R } as const;
/** The two prime fields by the kernel's names: coordinates and scalars. */
export type FieldName = keyof typeof ORDER;

/** out_i = a_i ∘ b_i, b's elements `step` bytes apart: 0 for one b. */
type Binary = (out: number, a: number, b: number, step: number, n: number) => void;
type Convert = (out: number, from: number, n: number) => void;
type Pairs = (pairs: number, n: number) => void;

/**
 * The kernel's functions on addresses of its memory (scripts/generate/curve-kernel says what they do). Points are affine, a pair is
 * a sum's address and an entry's, with 1 added to that if the entry's negative is meant.
 */
interface Kernel {
  readonly memory: ModuleMemory;
  readonly heap: { readonly value: number };
  readonly r_mul: Binary;
  readonly r_add: Binary;
  readonly r_sub: Binary;
  /** 32-byte numbers to elements. */
  readonly r_enter: Convert;
  /** Elements to 32-byte numbers below r. */
  readonly r_plain: Convert;
  /** Elements to snarkjs's coordinates: x·2^256 modulo p. */
  readonly p_file: Convert;
  /** Makes an element's number the one in [0, r), in place. */
  readonly r_canonical: (element: number) => void;
  readonly r_powers: (out: number, first: number, step: number, n: number) => void;
  /** In place, with room for n + 2 elements at `products`; 0 if one is zero. */
  readonly r_invert: (elements: number, products: number, n: number) => number;
  readonly g1_start: Pairs;
  readonly g2_start: Pairs;
  /** With room for 2n + 2 coordinates at `work`; 0 if an x meets its equal. */
  readonly g1_add: (pairs: number, work: number, n: number) => number;
  readonly g2_add: (pairs: number, work: number, n: number) => number;
  readonly g1_double: (out: number, point: number) => void;
  readonly g2_double: (out: number, point: number) => void;
  readonly accumulate: (terms: number, rows: number, values: number, sums: number, stride: number) => void;
  /** Returns where the entries end. */
  readonly entries: (terms: number, rows: number, firstRow: number, out: number) => number;
}

/** The fields and groups of BN254 on this thread: functions on a memory in which everything stays where it is. */
export interface Arena {
  readonly call: Kernel;
  /** Reserves zeroed memory for good and returns its address, a multiple of 8. */
  reserve(bytes: number): number;
  /** The memory as it is until the next `reserve`. */
  bytes(): Uint8Array;
  words(): Int32Array;
  /** Reserves a number in limbs as it is. */
  limbs(value: bigint): number;
  /** Reserves an element of the field. */
  element(field: FieldName, value: bigint): number;
}

const instantiate = moduleOf<Kernel>(KERNEL);

export function openArena(): Arena {
  const call = instantiate();
  let end = call.heap.value;
  let bytes = new Uint8Array(call.memory.buffer);
  let words = new Int32Array(call.memory.buffer);

  const arena: Arena = {
    call,
    reserve(length) {
      const address = Math.ceil(end / 8) * 8;
      end = address + length;
      grow(call.memory, end);
      bytes = new Uint8Array(call.memory.buffer);
      words = new Int32Array(call.memory.buffer);
      return address;
    },
    bytes: () => bytes,
    words: () => words,
    limbs(value) {
      const address = arena.reserve(ELEMENT_BYTES);
      for (let i = 0; i < LIMBS; i++) {
        words[address / 4 + i] = Number((value >> BigInt(i * LIMB_BITS)) & LIMB_MASK);
      }
      return address;
    },
    element: (field, value) => arena.limbs((value * RADIX) % ORDER[field]),
  };
  return arena;
}
