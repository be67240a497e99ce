/** What of WebAssembly is used here: its types come with the browser's, which this library does not have. */
interface Runtime {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** A module's memory. Views of it end when it grows. */
export interface ModuleMemory {
  readonly buffer: ArrayBuffer;
  /** @param pages of 65,536 bytes, on top of those that are there */
  grow(pages: number): number;
}

const PAGE = 65_536;
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Runtime }).WebAssembly;

/**
 * Compiles a module.
 *
 * @param base64 the assembled module, as scripts/generate/kernel.ts writes it
 * @returns makes an instance with a memory of its own, and gives what it exports
 */
export function moduleOf<Exports>(base64: string): () => Exports {
  const module = new Module(Buffer.from(base64, "base64"));
  return () => new Instance(module).exports as Exports;
}

/** Makes room for that many bytes; what is in the memory is kept. */
export function reserve(memory: ModuleMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
