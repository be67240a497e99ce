import { seededRandom } from "./random.ts";

type Numbers = ArrayLike<number>;

export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** The p-quantile, 0 ≤ p ≤ 1, linear between neighbours (type 7 of Hyndman and Fan, 1996). NaN of nothing. */
export function quantile(values: Numbers, p: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = p * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? Number.NaN) - below);
}

/** Ranks from 1; equal values share the mean of the ranks that they take up. */
export function ranks(values: Numbers): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]!,
  );
  const result = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last++;
    for (let at = first; at <= last; at++) result[order[at]!] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return result;
}

/** Pearson's correlation. 0 where either side is constant: it then says nothing about the other. */
export function pearson(a: Numbers, b: Numbers): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values against ${b.length}`);
  const [middleA, middleB] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - middleA, b[i]! - middleB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const scale = Math.sqrt(squareA) * Math.sqrt(squareB);
  return scale > 0 ? product / scale : 0;
}

/** Spearman's correlation with shared ranks for ties: Pearson's of the ranks. 0 where either side is constant. */
export const spearman = (a: Numbers, b: Numbers): number => pearson(ranks(a), ranks(b));

/**
 * The chance that a random positive has a higher value than a random negative, ties half (Mann–Whitney's U over the
 * number of pairs). NaN where either class is empty.
 */
export function auc(values: Numbers, positive: ArrayLike<boolean>): number {
  const rank = ranks(values);
  let [count, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (!positive[i]) continue;
    count++;
    sum += rank[i]!;
  }
  return (sum - (count * (count + 1)) / 2) / (count * (values.length - count));
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Unsigned 32-bit. */
  readonly seed: number;
  readonly resamples?: number;
  /** Share of the resamples inside of the interval. */
  readonly level?: number;
}

/**
 * Percentile bootstrap (Efron, 1979): the statistic of `count` items drawn with replacement, many times.
 *
 * @param count items to draw from, such as test samples or subsets
 * @param statistic of the drawn items' numbers, 0 … count − 1
 */
export function bootstrap(
  count: number,
  statistic: (drawn: Uint32Array) => number,
  { seed, resamples = 1000, level = 0.95 }: BootstrapOptions,
): Interval {
  const random = seededRandom(seed);
  const drawn = new Uint32Array(count);
  const results = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < count; i++) drawn[i] = random.integer(count);
    return statistic(drawn);
  });
  return { low: quantile(results, (1 - level) / 2), high: quantile(results, (1 + level) / 2) };
}

/** The bootstrap interval of a mean. */
export const bootstrapMean = (values: Numbers, options: BootstrapOptions): Interval =>
  bootstrap(
    values.length,
    (drawn) => {
      let sum = 0;
      for (const i of drawn) sum += values[i]!;
      return sum / drawn.length;
    },
    options,
  );

/** The 95 % interval of a share (Wilson, 1927): of `count` draws so many were `hits`. It is an interval also where all were. */
export function wilson(hits: number, count: number): Interval {
  const z = 1.959964;
  const share = hits / count;
  const middle = share + (z * z) / (2 * count);
  const half = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return {
    low: hits === 0 ? 0 : (middle - half) / scale,
    high: hits === count ? 1 : (middle + half) / scale,
  };
}
