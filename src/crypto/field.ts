/** Order of the scalar field of BN254 (alt_bn128). */
export const R = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

/** Order of the base field of BN254. */
export const P = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;

/** The representative of x in [0, R). */
export function mod(x: bigint): bigint {
  const y = x % R;
  return y < 0n ? y + R : y;
}

/** x^e in the scalar field, e ≥ 0. */
export function pow(x: bigint, e: bigint): bigint {
  let base = mod(x);
  let result = 1n;
  for (let rest = e; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * base) % R;
    base = (base * base) % R;
  }
  return result;
}

/** 1/x in the scalar field; throws RangeError on 0. */
export function inverse(x: bigint): bigint {
  if (mod(x) === 0n) throw new RangeError("0 has no inverse in the scalar field");
  return pow(x, R - 2n);
}

/** Multiplicative generator of the scalar field used by circomlib and snarkjs. */
const GENERATOR = 5n;

/** The primitive n-th root of unity of snarkjs's domains (n a power of two up to 2^28). */
export function rootOfUnity(n: number): bigint {
  if (n < 1 || n > 2 ** 28 || (n & (n - 1)) !== 0) {
    throw new RangeError(`a domain size is a power of two up to 2^28, not ${n}`);
  }
  return pow(GENERATOR, (R - 1n) / BigInt(n));
}
