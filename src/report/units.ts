/** Σ of amounts in units. */
export const sumUnits = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, units) => total + units, 0n);

/** The largest amount, 0 where there is none. */
export function largestUnits(amounts: readonly bigint[]): bigint {
  let largest = 0n;
  for (const units of amounts) if (units > largest) largest = units;
  return largest;
}
