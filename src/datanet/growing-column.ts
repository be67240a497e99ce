/** Unsigned 32-bit numbers that come one by one, four bytes each: a list of a million objects takes twenty times as much. */
export class GrowingColumn {
  #values = new Uint32Array(1024);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Uint32Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }

  get length(): number {
    return this.#count;
  }

  at(place: number): number {
    return this.#values[place]!;
  }

  /** Those from place `from` on. Good until the next push. */
  from(from: number): Uint32Array {
    return this.#values.subarray(from, this.#count);
  }
}
