/** Groups of rows that are joined pair by pair (union–find with path halving). */
export class Clusters {
  readonly #parent: Uint32Array;

  constructor(rows: number) {
    this.#parent = Uint32Array.from({ length: rows }, (_, i) => i);
  }

  #root(row: number): number {
    const parent = this.#parent;
    let at = row;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  }

  together(a: number, b: number): boolean {
    return this.#root(a) === this.#root(b);
  }

  /** The lower root stays, so that the numbers do not depend on the order of the pairs. */
  join(a: number, b: number): void {
    const [x, y] = [this.#root(a), this.#root(b)];
    this.#parent[Math.max(x, y)] = Math.min(x, y);
  }

  /** The first row of each row's group. */
  first(): Uint32Array {
    return this.#parent.map((_, row) => this.#root(row));
  }
}
