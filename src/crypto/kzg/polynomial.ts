import { inverse, mod, R, rootOfUnity } from "../field.ts";

/** Coefficients in the scalar field, the constant one first. */
export type Polynomial = readonly bigint[];

/** Σ_i factors_i·polynomials_i; shorter polynomials count as padded with zeros. */
export function combine(...terms: readonly (readonly [factor: bigint, polynomial: Polynomial])[]): bigint[] {
  const sum = new Array<bigint>(Math.max(...terms.map(([, polynomial]) => polynomial.length))).fill(0n);
  for (const [factor, polynomial] of terms) {
    for (let i = 0; i < polynomial.length; i++) sum[i] = mod(sum[i]! + factor * polynomial[i]!);
  }
  return sum;
}

/**
 * Division by X − x (synthetic, from the highest coefficient down).
 *
 * @returns the quotient, one coefficient shorter, and the remainder, which is the value at x
 */
export function divideByLinear(polynomial: Polynomial, x: bigint): { quotient: bigint[]; value: bigint } {
  const quotient = new Array<bigint>(polynomial.length - 1);
  let carry = 0n;
  for (let i = polynomial.length - 1; i >= 0; i--) {
    carry = (carry * x + polynomial[i]!) % R;
    if (i > 0) quotient[i - 1] = carry;
  }
  return { quotient, value: carry };
}

/**
 * The polynomial of degree < n that takes values_i at ω^i, ω the primitive n-th root of unity (an
 * inverse FFT).
 *
 * @param values n field elements, n a power of two
 */
export function interpolate(values: readonly bigint[]): bigint[] {
  const n = values.length;
  const scale = inverse(BigInt(n));
  return transform(values, inverse(rootOfUnity(n))).map((value) => (value * scale) % R);
}

/** Σ_i values_i·root^{ij} for every j: the recursive radix-2 FFT. */
function transform(values: readonly bigint[], root: bigint): bigint[] {
  const n = values.length;
  if (n === 1) return [...values];
  const square = (root * root) % R;
  const even = transform(
    values.filter((_, i) => i % 2 === 0),
    square,
  );
  const odd = transform(
    values.filter((_, i) => i % 2 === 1),
    square,
  );
  const result = new Array<bigint>(n);
  let twiddle = 1n;
  for (let i = 0; i < n / 2; i++) {
    const product = (twiddle * odd[i]!) % R;
    result[i] = (even[i]! + product) % R;
    result[i + n / 2] = mod(even[i]! - product);
    twiddle = (twiddle * root) % R;
  }
  return result;
}
