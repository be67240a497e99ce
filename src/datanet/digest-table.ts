import { randomBytes } from "node:crypto";
import { mix32 } from "../numeric/random.ts";

const BYTES = 32;
const EMPTY = 0xffffffff;

/** Different digests of 32 bytes, numbered in the order in which they came: an open hash table beside one array of all bytes. */
export class DigestTable {
  /** Nobody who makes up rows can know which of them would meet in the table. Only speed depends on it. */
  readonly #secret = randomBytes(4).readUInt32LE();
  #bytes = Buffer.alloc(BYTES * 1024);
  #slots = new Uint32Array(4096).fill(EMPTY);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Shares its memory with the table; good until the next `add`. */
  at(number: number): Uint8Array {
    return this.#bytes.subarray(number * BYTES, (number + 1) * BYTES);
  }

  /** @returns the number of the same digest, where it is there already; otherwise it is added */
  add(digest: Uint8Array): number | undefined {
    const slot = this.#slotOf(digest);
    const there = this.#slots[slot]!;
    if (there !== EMPTY) return there;
    this.#slots[slot] = this.#count;
    if (BYTES * this.#count === this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], 2 * this.#bytes.length);
    }
    this.#bytes.set(digest, BYTES * this.#count++);
    if (2 * this.#count > this.#slots.length) this.#grow();
    return undefined;
  }

  /** Where the digest is, or the free place for it. */
  #slotOf(digest: Uint8Array): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    const word = digest[0]! | (digest[1]! << 8) | (digest[2]! << 16) | (digest[3]! << 24);
    let slot = mix32(word ^ this.#secret) & last;
    while (slots[slot] !== EMPTY && !this.#is(slots[slot]!, digest)) slot = (slot + 1) & last;
    return slot;
  }

  #is(number: number, digest: Uint8Array): boolean {
    const from = number * BYTES;
    for (let i = 0; i < BYTES; i++) if (this.#bytes[from + i] !== digest[i]) return false;
    return true;
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length).fill(EMPTY);
    for (let number = 0; number < this.#count; number++) this.#slots[this.#slotOf(this.at(number))] = number;
  }
}
