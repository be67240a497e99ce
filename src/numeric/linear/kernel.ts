import { type ModuleMemory, moduleOf, reserve } from "../../core/web-assembly.ts";
import { KERNEL } from "./kernel-module.ts";

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

const { memory, accumulate } = moduleOf<{ readonly memory: ModuleMemory; readonly accumulate: Accumulate }>(
  KERNEL,
)();

/** `accumulate` is kernel.wat's function: adds products of panels to a matrix. */
export { accumulate };

/**
 * The kernel's memory as float64, with room for at least that many numbers. What was in it is kept; older views end
 * when it grows.
 */
export function kernelMemory(numbers: number): Float64Array {
  reserve(memory, 8 * numbers);
  return new Float64Array(memory.buffer);
}
