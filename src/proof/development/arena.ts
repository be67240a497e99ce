const PAGE_BYTES = 65_536;
/** What ffjavascript gives its instances: the module's own constants and tables fit. */
const INITIAL_PAGES = 25;

/**
 * The wasm's batch functions (inversion, conversion to affine) put n + 1 elements of scratch behind
 * everything that is allocated and do not look where the memory ends. So this much stays free there,
 * and no batch is larger than MAX_BATCH elements, of 64 bytes at most.
 */
const SLACK_BYTES = 2 ** 22;
export const MAX_BATCH = 2 ** 14;

type WasmFunction = (...addressesAndLengths: number[]) => number;

/**
 * The wasm of BN254 on this thread, its functions called on memory that stays where it is: no copy
 * and no BigInt for each operation.
 */
export interface Arena {
  readonly call: Readonly<Record<string, WasmFunction>>;
  /** Reserves zeroed memory for good and returns its address. Views of the memory are stale afterwards. */
  reserve(bytes: number): number;
  /** The memory as it is now. */
  memory(): Uint8Array;
  write(address: number, bytes: Uint8Array): void;
  /** A copy of `length` bytes. */
  read(address: number, length: number): Uint8Array;
  /** Reserves an element of the field (`frm` scalars, `f1m` coordinates), in Montgomery form. */
  element(field: "frm" | "f1m", value: bigint): number;
}

/** 32 bytes, little-endian. */
const littleEndian = (value: bigint): Uint8Array =>
  Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();

/** @param module from `compileCurve` */
export async function openArena(module: WebAssembly.Module): Promise<Arena> {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  let bytes8 = new Uint8Array(memory.buffer);
  let words = new Uint32Array(memory.buffer);
  const call = instance.exports as Arena["call"];

  const arena: Arena = {
    call,
    reserve(bytes) {
      // Word 0 is the module's own allocation pointer.
      const address = Math.ceil(words[0]! / 8) * 8;
      const end = address + bytes;
      const missing = end + SLACK_BYTES - memory.buffer.byteLength;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / PAGE_BYTES));
        bytes8 = new Uint8Array(memory.buffer);
        words = new Uint32Array(memory.buffer);
      }
      words[0] = end;
      // A batch function's scratch may have been here.
      bytes8.fill(0, address, end);
      return address;
    },
    memory: () => bytes8,
    write: (address, bytes) => bytes8.set(bytes, address),
    read: (address, length) => bytes8.slice(address, address + length),
    element(field, value) {
      const address = arena.reserve(32);
      arena.write(address, littleEndian(value));
      call[`${field}_toMontgomery`]!(address, address);
      return address;
    },
  };
  return arena;
}
