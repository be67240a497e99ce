import { G1_GENERATOR, G2_GENERATOR } from "../../core/points.ts";
import { g1Words, g2Words } from "../../core/words.ts";
import type { Arena } from "./arena.ts";

const SCALAR_BYTES = 32;

/** The two groups, as the wasm names them. */
export type GroupName = "g1m" | "g2m";

/** Bytes of an affine point. */
export const POINT_BYTES: Readonly<Record<GroupName, number>> = { g1m: 64, g2m: 128 };

/** The generators' coordinates, those of G2 as c0, c1 each. */
const GENERATOR: Readonly<Record<GroupName, readonly bigint[]>> = {
  g1m: g1Words(G1_GENERATOR),
  g2m: g2Words(G2_GENERATOR),
};

const COORDINATE_BYTES = 32;
const SCALAR_BITS = 254;
/** Points that share the inversions of an addition each. */
const BLOCK = 1024;

/** Multiplies the group's generator by many scalars. */
export interface FixedBase {
  /**
   * @param scalars n plain little-endian scalars below r
   * @param out n affine points in Montgomery form; infinity is all zeros
   */
  multiply(scalars: Uint8Array, out: Uint8Array): void;
}

/**
 * The window width that costs least for n points: a point takes one addition a window, a table half
 * of 2^width of them a window.
 */
export function windowBits(n: number): number {
  const cost = (bits: number): number => Math.ceil((SCALAR_BITS + 1) / bits) * (n + 2 ** bits);
  return Array.from({ length: 14 }, (_, i) => i + 3).reduce((best, bits) =>
    cost(bits) < cost(best) ? bits : best,
  );
}

/** Entry d − 1 of a window's table is d·2^(bits·window)·G, affine, d = 1 … 2^(bits−1). */
function buildTable(arena: Arena, group: GroupName, bits: number, windows: number): number {
  const { call } = arena;
  const affine = POINT_BYTES[group];
  const jacobian = (affine * 3) / 2;
  const half = 2 ** (bits - 1);
  const addMixed = call[`${group}_addMixed`]!;
  const table = arena.reserve(windows * half * affine);
  const multiples = arena.reserve(half * jacobian);
  const base = arena.reserve(affine);
  GENERATOR[group].forEach((coordinate, i) => {
    call.f1m_copy!(arena.element("f1m", coordinate), base + i * COORDINATE_BYTES);
  });
  for (let window = 0; window < windows; window++) {
    call[`${group}_toJacobian`]!(base, multiples);
    for (let d = 1; d < half; d++) addMixed(multiples + (d - 1) * jacobian, base, multiples + d * jacobian);
    const entries = table + window * half * affine;
    call[`${group}_batchToAffine`]!(multiples, half, entries);
    // 2·half·base is the next window's base.
    call[`${group}_doubleAffine`]!(entries + (half - 1) * affine, multiples);
    call[`${group}_toAffine`]!(multiples, base);
  }
  return table;
}

/**
 * Signed digits: scalar = Σ digit_window·2^(bits·window), each in (−2^(bits−1), 2^(bits−1)].
 *
 * @returns row after row, the windows of a scalar
 */
function signedDigits(scalars: Uint8Array, bits: number, windows: number): Int32Array {
  const words = new Uint32Array(scalars.slice().buffer);
  const digits = new Int32Array((words.length / 8) * windows);
  const full = 2 ** bits;
  for (let first = 0, at = 0; first < words.length; first += 8) {
    let carry = 0;
    for (let window = 0; window < windows; window++) {
      const bit = window * bits;
      const word = bit >>> 5;
      const shift = bit & 31;
      const low = word < 8 ? words[first + word]! >>> shift : 0;
      const high = shift + bits > 32 && word < 7 ? words[first + word + 1]! << (32 - shift) : 0;
      const value = ((low | high) & (full - 1)) + carry;
      carry = value > full / 2 ? 1 : 0;
      digits[at++] = value - carry * full;
    }
  }
  return digits;
}

/**
 * Additions in affine coordinates, one for each point of a block, with one inversion for all of
 * them (Montgomery's trick): 5 products and a square each, about half of a mixed Jacobian addition.
 *
 * A sum equal to the entry that is added to it, or to its negative, cannot be handled; with scalars
 * that depend on a random τ it does not happen, and it is refused.
 */
function affineAdder(arena: Arena, group: GroupName) {
  const { call } = arena;
  const field = group === "g1m" ? "f1m" : "f2m";
  const size = POINT_BYTES[group] / 2;
  const [add, sub, mul] = [call[`${field}_add`]!, call[`${field}_sub`]!, call[`${field}_mul`]!];
  const [square, isZero] = [call[`${field}_square`]!, call[`${field}_isZero`]!];
  const inverses = arena.reserve(BLOCK * size);
  const [slope, x] = [arena.reserve(size), arena.reserve(size)];
  return (count: number, sums: Int32Array, entries: Int32Array, signs: Int8Array): void => {
    for (let i = 0; i < count; i++) {
      const difference = inverses + i * size;
      sub(entries[i]!, sums[i]!, difference);
      if (isZero(difference)) throw new RangeError("a partial sum met a table entry");
    }
    call[`${field}_batchInverse`]!(inverses, size, count, inverses, size);
    for (let i = 0; i < count; i++) {
      const sum = sums[i]!;
      const entry = entries[i]!;
      // For a negative entry the slope is −(y_entry + y_sum)/(x_entry − x_sum): the sign is left out of
      // the slope and put into the last difference.
      const positive = signs[i]! > 0;
      (positive ? sub : add)(entry + size, sum + size, slope);
      mul(slope, inverses + i * size, slope);
      square(slope, x);
      sub(x, sum, x);
      sub(x, entry, x);
      if (positive) sub(sum, x, sum);
      else sub(x, sum, sum);
      mul(slope, sum, slope);
      sub(slope, sum + size, sum + size);
      call[`${field}_copy`]!(x, sum);
    }
  };
}

/** Fixed-base multiplication of the group's generator by signed windows of `bits` bits. */
export function fixedBase(arena: Arena, group: GroupName, bits: number): FixedBase {
  const affine = POINT_BYTES[group];
  // One bit more than a scalar has: the carry of the last signed window.
  const windows = Math.ceil((SCALAR_BITS + 1) / bits);
  const table = buildTable(arena, group, bits, windows);
  const points = arena.reserve(BLOCK * affine);
  const addAll = affineAdder(arena, group);
  const negate = arena.call[`${group}_negAffine`]!;
  const copy = arena.call[`${group}_copyAffine`]!;
  const [sums, entries, signs] = [new Int32Array(BLOCK), new Int32Array(BLOCK), new Int8Array(BLOCK)];

  const addBlock = (digits: Int32Array, count: number): void => {
    const started = new Uint8Array(count);
    arena.memory().fill(0, points, points + count * affine);
    for (let window = 0; window < windows; window++) {
      let additions = 0;
      for (let i = 0; i < count; i++) {
        const digit = digits[i * windows + window]!;
        if (digit === 0) continue;
        const sum = points + i * affine;
        const entry = table + (window * 2 ** (bits - 1) + Math.abs(digit) - 1) * affine;
        if (started[i] === 0) {
          started[i] = 1;
          (digit > 0 ? copy : negate)(entry, sum);
          continue;
        }
        sums[additions] = sum;
        entries[additions] = entry;
        signs[additions++] = digit > 0 ? 1 : -1;
      }
      addAll(additions, sums, entries, signs);
    }
  };

  return {
    multiply(scalars, out) {
      const digits = signedDigits(scalars, bits, windows);
      const count = scalars.length / SCALAR_BYTES;
      for (let start = 0; start < count; start += BLOCK) {
        const block = Math.min(BLOCK, count - start);
        addBlock(digits.subarray(start * windows), block);
        out.set(arena.memory().subarray(points, points + block * affine), start * affine);
      }
    },
  };
}
