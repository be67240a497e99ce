/** Rows that have one token each, or, with offsets, some of the tokens that follow one another. */
interface TokenRows {
  readonly inputs: { readonly rows: number };
  /** n + 1 numbers of tokens; absent: one token a row. */
  readonly offsets?: Uint32Array;
}

/** n. */
export const rowsOf = ({ offsets, inputs }: TokenRows): number =>
  offsets === undefined ? inputs.rows : offsets.length - 1;

/** First token of row i and the one after its last. */
export const tokensOf = ({ offsets }: TokenRows, i: number): readonly [number, number] =>
  offsets === undefined ? [i, i + 1] : [offsets[i]!, offsets[i + 1]!];
