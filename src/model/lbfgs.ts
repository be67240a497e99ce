/** Pairs of steps and gradient changes that the Hessian is estimated from. */
const MEMORY = 12;
/** Sufficient decrease (Armijo) and curvature (Wolfe) constants of Nocedal and Wright, chapter 3. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
const MAX_LINE_STEPS = 30;

export interface MinimiseOptions {
  /** Stop when the decrement gᵀD⁻¹g/2, about how much lower the value could be, is at most this. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** An estimate of the Hessian's diagonal, up to a factor: the metric that the first step of each direction uses. */
  readonly diagonal: Float64Array;
  readonly onIteration?: (iteration: number, decrement: number) => void;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly iterations: number;
  /** At x. */
  readonly decrement: number;
}

/** Writes the gradient at x into the second argument and returns the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly inverse: number;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** gᵀD⁻¹g/2: the decrease that a Newton step would promise if D were the Hessian. */
function decrementOf(gradient: Float64Array, diagonal: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) sum += gradient[i]! ** 2 / diagonal[i]!;
  return sum / 2;
}

/** γ of the first estimate γ·D⁻¹ of the inverse Hessian, from the newest pair; without one, a step of length 1 at most. */
function initialScale(newest: Pair | undefined, q: Float64Array, diagonal: Float64Array): number {
  const by = newest?.change ?? q;
  let sum = 0;
  for (let i = 0; i < by.length; i++) sum += by[i]! ** 2 / (newest ? diagonal[i]! : diagonal[i]! ** 2);
  return newest ? 1 / (newest.inverse * sum) : 1 / Math.max(1, Math.sqrt(sum));
}

/** −H·gradient by the two-loop recursion (Nocedal and Wright, algorithm 7.4). */
function direction(gradient: Float64Array, pairs: readonly Pair[], diagonal: Float64Array): Float64Array {
  const q = gradient.slice();
  const alphas: number[] = [];
  for (const { step, change, inverse } of pairs.toReversed()) {
    const alpha = inverse * dot(step, q);
    alphas.push(alpha);
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * change[i]!;
  }
  const scale = initialScale(pairs.at(-1), q, diagonal);
  for (let i = 0; i < q.length; i++) q[i]! *= scale / diagonal[i]!;
  for (const { step, change, inverse } of pairs) {
    const beta = alphas.pop()! - inverse * dot(change, q);
    for (let i = 0; i < q.length; i++) q[i]! += beta * step[i]!;
  }
  for (let i = 0; i < q.length; i++) q[i] = -q[i]!;
  return q;
}

interface Point {
  x: Float64Array;
  value: number;
  gradient: Float64Array;
}

/** A step that satisfies the weak Wolfe conditions, by bisection; undefined where rounding leaves none. */
function lineSearch(f: Objective, from: Point, along: Float64Array): Point | undefined {
  const slope = dot(from.gradient, along);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let length = 1;
  for (let attempt = 0; attempt < MAX_LINE_STEPS; attempt++) {
    const x = from.x.map((value, i) => value + length * along[i]!);
    const gradient = new Float64Array(x.length);
    const value = f(x, gradient);
    if (!(value <= from.value + DECREASE * length * slope)) high = length;
    else if (dot(gradient, along) < CURVATURE * slope) low = length;
    else return { x, value, gradient };
    length = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return undefined;
}

/**
 * Minimises a smooth convex function by L-BFGS. Every sum runs in one order: the same start gives the same bits.
 *
 * @param start is not changed
 */
export function minimise(f: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  let point: Point = { x: start.slice(), value: 0, gradient: new Float64Array(start.length) };
  point.value = f(point.x, point.gradient);
  let pairs: Pair[] = [];
  let iterations = 0;
  let decrement = decrementOf(point.gradient, options.diagonal);
  while (decrement > options.tolerance && iterations < options.maxIterations) {
    const next = lineSearch(f, point, direction(point.gradient, pairs, options.diagonal));
    if (next === undefined) break;
    const step = next.x.map((value, i) => value - point.x[i]!);
    const change = next.gradient.map((value, i) => value - point.gradient[i]!);
    const product = dot(step, change);
    if (product > 0) pairs = [...pairs.slice(1 - MEMORY), { step, change, inverse: 1 / product }];
    point = next;
    iterations++;
    decrement = decrementOf(point.gradient, options.diagonal);
    options.onIteration?.(iterations, decrement);
  }
  return { x: point.x, iterations, decrement };
}
