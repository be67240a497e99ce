/**
 * The number that would stand at `rank` if they were sorted (Hoare's selection, 1961); moves them about.
 *
 * @param numbers none of them NaN
 */
export function select(numbers: Float64Array, rank: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const pivot = numbers[(low + high) >>> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (numbers[i]! < pivot) i++;
      while (numbers[j]! > pivot) j--;
      if (i > j) break;
      const kept = numbers[i]!;
      numbers[i++] = numbers[j]!;
      numbers[j--] = kept;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return numbers[rank]!;
}
