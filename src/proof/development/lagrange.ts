import { inverse, mod, pow, rootOfUnity } from "../../crypto/field.ts";
import type { Arena } from "./arena.ts";
import { ELEMENT_BYTES } from "./limbs.ts";

/** Roots first·step^i, i < count. */
interface Roots {
  readonly first: bigint;
  readonly step: bigint;
  readonly count: number;
}

/**
 * L_ω(τ) for some of the roots ω of the domain of n points: (τ^n − 1)/n · ω/(τ − ω), the divisions by one batch inversion.
 *
 * @returns the address of as many elements
 */
function lagrangeOn(arena: Arena, n: number, tau: bigint, { first, step, count }: Roots): number {
  const { call } = arena;
  const values = arena.reserve(count * ELEMENT_BYTES);
  const differences = arena.reserve(count * ELEMENT_BYTES);
  const products = arena.reserve((count + 2) * ELEMENT_BYTES);
  // Both factors are negated: what is at hand is ω − τ.
  const factor = mod((1n - pow(tau, BigInt(n))) * inverse(BigInt(n)));
  const by = arena.element("r", step);
  call.r_powers(values, arena.element("r", mod(factor * first)), by, count);
  call.r_powers(differences, arena.element("r", first), by, count);
  call.r_sub(differences, differences, arena.element("r", tau), 0, count);
  if (!call.r_invert(differences, products, count))
    throw new RangeError("τ is a root of unity of the domain");
  call.r_mul(values, values, differences, ELEMENT_BYTES, count);
  return values;
}

/** L_i(τ) for every i < n on the n-th roots of unity; RangeError where τ is one of them. */
export const lagrangeAt = (arena: Arena, n: number, tau: bigint): number =>
  lagrangeOn(arena, n, tau, { first: 1n, step: rootOfUnity(n), count: n });

/** L_1(τ), L_3(τ), … on the n-th roots of unity. */
export function oddLagrangeAt(arena: Arena, n: number, tau: bigint): number {
  const root = rootOfUnity(n);
  return lagrangeOn(arena, n, tau, { first: root, step: mod(root * root), count: n / 2 });
}
