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

const PAGE = 65_536;
/** What of WebAssembly is used here: its types come with the browser's, which this library does not have. */
interface Runtime {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => { readonly exports: { readonly memory: Memory; readonly accumulate: Accumulate } };
}
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Runtime }).WebAssembly;
const { memory, accumulate } = new Instance(new Module(Buffer.from(KERNEL, "base64"))).exports;

/** `accumulate` is kernel.wat's function: adds products of panels to a matrix. */
export { accumulate };

/**
 * The kernel's memory as float64, with room for at least that many numbers. What was in it is kept; older views end
 * when it grows.
 */
export function kernelMemory(numbers: number): Float64Array {
  const missing = 8 * numbers - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return new Float64Array(memory.buffer);
}
