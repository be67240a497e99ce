import { type Arena, NUMBER_BYTES } from "./arena.ts";
import { ELEMENT_BYTES } from "./limbs.ts";
import { multiplesOf } from "./multiples.ts";
import { BATCH, COORDINATE_BYTES, type GroupName, openAdditions } from "./point-additions.ts";
import { signedDigits, windowCount } from "./signed-digits.ts";

/** Bytes of an affine point in snarkjs's files. */
export const POINT_BYTES: Readonly<Record<GroupName, number>> = { g1: 64, g2: 128 };

/** Multiplies the group's generator by many scalars. */
export interface FixedBase {
  /**
   * @param scalars n plain little-endian scalars below r
   * @param out n affine points in Montgomery form; infinity is all zeros
   */
  multiply(scalars: Uint8Array, out: Uint8Array): void;
}

/** The window width that costs least for n points: a point takes one addition a window, a table half of 2^width of them. */
export function windowBits(n: number): number {
  const cost = (bits: number): number => windowCount(bits) * (n + 2 ** (bits - 1));
  return Array.from({ length: 14 }, (_, i) => i + 3).reduce((best, bits) =>
    cost(bits) < cost(best) ? bits : best,
  );
}

/** Fixed-base multiplication of the group's generator by signed windows of `bits` bits. */
export function fixedBase(arena: Arena, group: GroupName, bits: number): FixedBase {
  const windows = windowCount(bits);
  const { entry } = multiplesOf(arena, group, bits, windows);
  const additions = openAdditions(arena, group);
  const [size, fileSize] = [2 * COORDINATE_BYTES[group], POINT_BYTES[group]];
  const points = arena.reserve(BATCH * size);
  const file = arena.reserve(BATCH * fileSize);

  /** Digit after digit of all scalars, so that a window's multiples stay in the processor's caches. */
  const sumBlock = (digits: Int32Array, count: number): void => {
    const started = new Uint8Array(count);
    arena.bytes().fill(0, points, points + count * size);
    for (let window = 0; window < windows; window++) {
      for (let i = 0; i < count; i++) {
        const digit = digits[i * windows + window]!;
        if (digit === 0) continue;
        const from = entry(window, Math.abs(digit));
        if (started[i]) additions.add(points + i * size, from, digit < 0);
        else additions.start(points + i * size, from, digit < 0);
        started[i] = 1;
      }
      additions.flush();
    }
  };

  return {
    multiply(scalars, out) {
      const digits = signedDigits(scalars, bits);
      const count = scalars.length / NUMBER_BYTES;
      for (let start = 0; start < count; start += BATCH) {
        const block = Math.min(BATCH, count - start);
        sumBlock(digits.subarray(start * windows), block);
        arena.call.p_file(file, points, (block * size) / ELEMENT_BYTES);
        out.set(arena.bytes().subarray(file, file + block * fileSize), start * fileSize);
      }
    },
  };
}
