/**
 * Whether an answer is certain beyond float32, which is what serves: its probability is 1 to the last bit. All other labels together
 * have less than 2^−24 then, and the gradient that a trace is made of is as small, or 0: such an answer says next to nothing of who
 * taught it, and below a trace's least norm its pool is nobody's.
 *
 * @param probability of the label that was answered, in float32 or float64
 */
export const isCertain = (probability: number): boolean => Math.fround(probability) === 1;

/** How many of some answers are certain, by their labels' probabilities. */
export function certainAnswers(probabilities: Iterable<number>): number {
  let count = 0;
  for (const probability of probabilities) if (isCertain(probability)) count++;
  return count;
}
