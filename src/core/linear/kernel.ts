import { KERNEL } from "../../generated/linear-kernel.ts";

/** Columns in a panel. */
export const PANEL = 4;

type Accumulate = (
  a: number,
  b: number,
  c: number,
  rows: number,
  columns: number,
  depth: number,
  stride: number,
  upper: number,
) => void;

const PAGE = 65_536;
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(KERNEL, "base64")));
const memory = exports.memory as WebAssembly.Memory;

/** kernel.wat's function: adds products of panels to a matrix. */
export const accumulate = exports.accumulate as Accumulate;

/**
 * The kernel's memory as float64, with room for at least that many numbers. What was in it is kept; older views end
 * when it grows.
 */
export function kernelMemory(numbers: number): Float64Array {
  const missing = 8 * numbers - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return new Float64Array(memory.buffer);
}
