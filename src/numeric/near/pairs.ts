import { type ModuleMemory, moduleOf, reserve } from "../../core/web-assembly.ts";
import { KERNEL } from "./kernel-module.ts";

type Compare = (
  panels: number,
  size: number,
  half: number,
  norms: number,
  halves: number,
  row: number,
  from: number,
  to: number,
  limit: number,
  masks: number,
  found: number,
) => number;

const instance = moduleOf<{ readonly memory: ModuleMemory; readonly compare: Compare }>(KERNEL);

const LANES = 4;
/** Panels that are compared with one another before the next ones are looked at: they stay in the cache. */
const BLOCK = 128;

/** Rows of whole numbers. */
export interface WholeRows {
  /** n × width, row-major: so small that width·(2·max)² < 2^31. */
  readonly values: Int16Array;
  readonly width: number;
}

/** Finds the pairs of rows that are near, each pair once. It holds the memory of the largest set of rows that it was given. */
export class NearPairs {
  readonly #memory: ModuleMemory;
  readonly #compare: Compare;

  constructor() {
    const { memory, compare } = instance();
    this.#memory = memory;
    this.#compare = compare;
  }

  /**
   * @param members rows to compare with one another
   * @param limit largest squared distance
   * @param visit told the places of both among the members, the later one first
   */
  each(rows: WholeRows, members: Uint32Array, limit: number, visit: (a: number, b: number) => void): void {
    const panels = Math.ceil(members.length / LANES);
    // Two at least: either half has one.
    const steps = Math.max(2, Math.ceil(rows.width / 2));
    const half = Math.ceil(steps / 2);
    const norms = 16 * panels * steps;
    const halves = norms + 16 * panels;
    const masks = halves + 16 * panels;
    const found = masks + 16 * BLOCK;
    reserve(this.#memory, found + 4 * BLOCK);
    const { buffer } = this.#memory;
    pack(rows, members, new Int16Array(buffer, 0, norms / 2), steps);
    sumSquares(
      new Int16Array(buffer, 0, norms / 2),
      steps,
      steps,
      new Int32Array(buffer, norms, LANES * panels),
    );
    sumSquares(
      new Int16Array(buffer, 0, norms / 2),
      steps,
      half,
      new Int32Array(buffer, halves, LANES * panels),
    );
    const hits = new Uint8Array(buffer, masks, 16 * BLOCK);
    const numbers = new Uint32Array(buffer, found, BLOCK);
    const near = (row: number, from: number): void => {
      const to = Math.min(from + BLOCK, row + 1);
      const sizes = [0, 16 * steps, 16 * half, norms, halves] as const;
      const count = this.#compare(...sizes, row, from, to, limit, masks, found);
      for (let i = 0; i < 16 * count; i++) {
        if (hits[i] === 0) continue;
        const a = LANES * row + ((i % 16) >> 2);
        const b = LANES * numbers[i >> 4]! + (i % LANES);
        // The last panel is filled up with rows that are none.
        if (b < a && a < members.length) visit(a, b);
      }
    };
    for (let first = 0; first < panels; first += BLOCK)
      for (let from = 0; from <= first; from += BLOCK)
        for (let row = first; row < Math.min(panels, first + BLOCK); row++) near(row, from);
  }
}

/** Four rows a panel; entries beyond the width, and rows beyond the last, are 0. */
function pack({ values, width }: WholeRows, members: Uint32Array, into: Int16Array, steps: number): void {
  into.fill(0);
  for (let i = 0; i < members.length; i++) {
    const from = members[i]! * width;
    const to = (i >> 2) * steps * 8 + (i % LANES) * 2;
    for (let j = 0; j < width; j++) into[to + (j >> 1) * 8 + (j & 1)] = values[from + j]!;
  }
}

/** The squared lengths of packed rows, of their first `count` steps of two columns. */
function sumSquares(packed: Int16Array, steps: number, count: number, into: Int32Array): void {
  for (let i = 0; i < into.length; i++) {
    const at = (i >> 2) * steps * 8 + (i % LANES) * 2;
    let sum = 0;
    for (let s = 0; s < count; s++) {
      const [x, y] = [packed[at + 8 * s]!, packed[at + 8 * s + 1]!];
      sum += x * x + y * y;
    }
    into[i] = sum;
  }
}
