import { inverse, mod, pow, R, rootOfUnity } from "../../core/field.ts";
import { SCALAR_BYTES } from "../../core/kzg/curve.ts";
import { type Arena, MAX_BATCH } from "./arena.ts";

/**
 * L_i(τ) for every i < n on the n-th roots of unity, in Montgomery form, written to the arena:
 * L_i(τ) = (τ^n − 1)/n · ω^i/(τ − ω^i), the divisions by one batch inversion.
 *
 * @returns the address of n scalars
 */
export function lagrangeAt(arena: Arena, n: number, tau: bigint): number {
  const { call } = arena;
  const omega = rootOfUnity(n);
  const values = arena.reserve(n * SCALAR_BYTES);
  const differences = arena.reserve(n * SCALAR_BYTES);
  const step = arena.element("frm", omega);
  const point = arena.element("frm", tau);
  const power = arena.element("frm", ((pow(tau, BigInt(n)) - 1n) * inverse(BigInt(n))) % R);
  const root = arena.element("frm", 1n);
  for (let i = 0; i < n; i++) {
    call.frm_copy!(power, values + i * SCALAR_BYTES);
    call.frm_sub!(point, root, differences + i * SCALAR_BYTES);
    call.frm_mul!(power, step, power);
    call.frm_mul!(root, step, root);
  }
  for (let start = 0; start < n; start += MAX_BATCH) {
    const batch = differences + start * SCALAR_BYTES;
    call.frm_batchInverse!(batch, SCALAR_BYTES, Math.min(MAX_BATCH, n - start), batch, SCALAR_BYTES);
  }
  for (let i = 0; i < n; i++) {
    const at = i * SCALAR_BYTES;
    call.frm_mul!(values + at, differences + at, values + at);
  }
  return values;
}

/** Whether τ is on none of the n-th roots of unity: where it is, the Lagrange form above divides by 0. */
export const isOffDomain = (tau: bigint, n: number): boolean => mod(pow(tau, BigInt(n))) !== 1n;
