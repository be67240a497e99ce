import { certainAnswers } from "../numeric/certain.ts";
import type { Inference } from "./types.ts";

/** What some answers leave of traces. */
export interface Certainty {
  /** Answers whose probability is 1 in float32. */
  readonly certain: number;
  /** Traces that are 0 in every column: their pools are unattributed. */
  readonly untraced: number;
}

export const certaintyOf = (inferences: readonly Pick<Inference, "probability" | "u">[]): Certainty => ({
  certain: certainAnswers(inferences.map(({ probability }) => probability)),
  untraced: inferences.filter(({ u }) => u.every((x) => x === 0)).length,
});
