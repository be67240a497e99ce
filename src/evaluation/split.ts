/**
 * The parts of a fee: positive numbers over their sum, and last what goes to nobody: all of it where none is positive.
 *
 * So a split that pays nobody is as far as can be from one that pays somebody, and the same as another that pays nobody.
 */
export function splitOf(values: Float64Array): Float64Array {
  const split = new Float64Array(values.length + 1);
  let total = 0;
  for (const value of values) total += Math.max(0, value);
  if (total > 0)
    values.forEach((value, c) => {
      split[c] = Math.max(0, value) / total;
    });
  else split[values.length] = 1;
  return split;
}

export function totalVariation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + Math.abs(x - b[i]!), 0) / 2;
}
