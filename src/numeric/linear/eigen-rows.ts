import { type ModuleMemory, moduleOf, reserve } from "../../core/web-assembly.ts";
import { KERNEL } from "./eigen-rows-module.ts";

interface Exports {
  readonly memory: ModuleMemory;
  readonly turn: (
    base: number,
    panelBytes: number,
    panels: number,
    c: number,
    s: number,
    from: number,
    to: number,
  ) => void;
  readonly addScaled: (y: number, x: number, a: number, size: number) => void;
  readonly subtractTwo: (y: number, d: number, a: number, e: number, b: number, size: number) => void;
}

const instance = moduleOf<Exports>(KERNEL);

const BYTES = Float64Array.BYTES_PER_ELEMENT;
/** Columns in a panel: what a cache line holds. */
const PANEL = 8;

/** A square matrix and two vectors beside it, in memory where loops over rows take two entries at a time. */
export class Workplace {
  readonly #exports: Exports;
  readonly #n: number;
  /** n × n, row-major. */
  readonly matrix: Float64Array;
  /** n entries each. */
  readonly d: Float64Array;
  readonly e: Float64Array;

  constructor(n: number) {
    this.#n = n;
    this.#exports = instance();
    const { memory } = this.#exports;
    reserve(memory, (n + 2) * n * BYTES);
    this.d = new Float64Array(memory.buffer, 0, n);
    this.e = new Float64Array(memory.buffer, n * BYTES, n);
    this.matrix = new Float64Array(memory.buffer, 2 * n * BYTES, n * n);
  }

  /** The first `count` entries of row m less a·d + b·e. */
  subtractTwo(m: number, count: number, a: number, b: number): void {
    this.#exports.subtractTwo(this.#row(m), 0, a, this.#n * BYTES, b, count * BYTES);
  }

  /** e + a·(row m), the first `count` entries. */
  addRowToE(m: number, count: number, a: number): void {
    this.#exports.addScaled(this.#n * BYTES, this.#row(m), a, count * BYTES);
  }

  /** Row m + a·e, the first `count` entries. */
  addEToRow(m: number, count: number, a: number): void {
    this.#exports.addScaled(this.#row(m), this.#n * BYTES, a, count * BYTES);
  }

  #row(m: number): number {
    return (2 + m) * this.#n * BYTES;
  }
}

/** The rows of a matrix that plane rotations are applied to, many at a time, with the bits of applying them one by one. */
export class RotatedRows {
  readonly #n: number;
  readonly #turn: (from: number, to: number) => void;
  readonly #panels: Float64Array;
  /** c_i and s_i of the rotation of rows i and i + 1. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;

  /** @param entry of row i and column j */
  constructor(n: number, entry: (i: number, j: number) => number) {
    const { memory, turn } = instance();
    const count = Math.ceil(n / PANEL);
    const size = n * PANEL;
    const panels = 2 * n * BYTES;
    reserve(memory, panels + count * size * BYTES);
    this.#n = n;
    this.cosines = new Float64Array(memory.buffer, 0, n);
    this.sines = new Float64Array(memory.buffer, n * BYTES, n);
    this.#panels = new Float64Array(memory.buffer, panels, count * size);
    this.#turn = (from, to) => turn(panels, size * BYTES, count, 0, n * BYTES, from, to);
    this.#each((i, j, place) => {
      this.#panels[place] = entry(i, j);
    });
  }

  /** Turns rows i and i + 1 by (c_i, s_i), for i = to − 1 down to `from`: x, y become c·x − s·y, s·x + c·y. */
  turn(from: number, to: number): void {
    this.#turn(from, to);
  }

  /** n × n, row-major. */
  rows(): Float64Array {
    const n = this.#n;
    const rows = new Float64Array(n * n);
    this.#each((i, j, place) => {
      rows[i * n + j] = this.#panels[place]!;
    });
    return rows;
  }

  #each(visit: (i: number, j: number, place: number) => void): void {
    const n = this.#n;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        visit(i, j, Math.floor(j / PANEL) * n * PANEL + i * PANEL + (j % PANEL));
      }
    }
  }
}
