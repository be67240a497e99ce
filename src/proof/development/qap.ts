import { inverse } from "../../crypto/field.ts";
import { type Arena, NUMBER_BYTES } from "./arena.ts";
import { lagrangeAt, oddLagrangeAt } from "./lagrange.ts";
import { ELEMENT_BYTES, RADIX } from "./limbs.ts";
import type { R1cs } from "./r1cs.ts";
import type { Trapdoor } from "./secrets.ts";

/** The scalars of a Groth16 key, 32 bytes each, plain little-endian; point i of the key is scalar i times the generator. */
export interface KeyScalars {
  /** n: size of the evaluation domain. */
  readonly domain: number;
  /** u_i(τ) of every wire. */
  readonly a: Uint8Array;
  /** v_i(τ) of every wire. */
  readonly b: Uint8Array;
  /** β·u_i(τ) + α·v_i(τ) + w_i(τ) of the constant and the public wires (γ = 1). */
  readonly ic: Uint8Array;
  /** The same over δ, of the other wires. */
  readonly c: Uint8Array;
  /** L_{2i+1}(τ)/δ on the domain of 2n: the prover's quotient is given by its values at the odd points. */
  readonly h: Uint8Array;
}

/** The domain that snarkjs takes: room for the constraints and a row for each public wire and the constant. */
function domainSize({ constraints, publics }: R1cs): number {
  return 2 ** (Math.floor(Math.log2(constraints + publics)) + 1);
}

/** u_i(τ), v_i(τ) and w_i(τ) of every wire, list behind list: the sums of coefficient·L_j(τ) over the terms of wire i. */
function wireSums(arena: Arena, r1cs: R1cs, lagrange: number): number {
  const { call } = arena;
  const stride = r1cs.wires * ELEMENT_BYTES;
  const sums = arena.reserve(3 * stride);
  const scaled = arena.reserve(r1cs.constraints * ELEMENT_BYTES);
  // With this factor more, the products with plain coefficients are elements.
  call.r_mul(scaled, lagrange, arena.element("r", RADIX), 0, r1cs.constraints);
  const { chunks } = r1cs;
  const terms = arena.reserve(Math.max(...chunks.map(({ to, from }) => to - from)));
  for (const { from, to, first, rows } of chunks) {
    arena.bytes().set(r1cs.terms.subarray(from, to), terms);
    call.accumulate(terms, rows, scaled + first * ELEMENT_BYTES, sums, stride);
  }
  return sums;
}

/**
 * Evaluates the quadratic arithmetic program at τ.
 *
 * snarkjs adds to A the row (constraints + s) with a 1 at wire s for the constant and each public
 * wire: it keeps the public wires' polynomials linearly independent, without which a proof for one
 * public input could be turned into one for another.
 */
export function keyScalars(arena: Arena, r1cs: R1cs, { tau, alpha, beta, delta }: Trapdoor): KeyScalars {
  const { call } = arena;
  const { wires, constraints, publics } = r1cs;
  const domain = domainSize(r1cs);
  const lagrange = lagrangeAt(arena, domain, tau);
  const u = wireSums(arena, r1cs, lagrange);
  const v = u + wires * ELEMENT_BYTES;
  const w = v + wires * ELEMENT_BYTES;
  call.r_add(u, u, lagrange + constraints * ELEMENT_BYTES, ELEMENT_BYTES, publics + 1);

  const numbers = (address: number, n: number): Uint8Array => {
    const out = arena.reserve(n * NUMBER_BYTES);
    call.r_plain(out, address, n);
    return arena.bytes().slice(out, out + n * NUMBER_BYTES);
  };
  const a = numbers(u, wires);
  const b = numbers(v, wires);
  call.r_mul(u, u, arena.element("r", beta), 0, wires);
  call.r_mul(v, v, arena.element("r", alpha), 0, wires);
  call.r_add(u, u, v, ELEMENT_BYTES, wires);
  call.r_add(u, u, w, ELEMENT_BYTES, wires);
  const inverseDelta = arena.element("r", inverse(delta));
  const hidden = u + (publics + 1) * ELEMENT_BYTES;
  call.r_mul(hidden, hidden, inverseDelta, 0, wires - publics - 1);
  const odd = oddLagrangeAt(arena, 2 * domain, tau);
  call.r_mul(odd, odd, inverseDelta, 0, domain);
  return {
    domain,
    a,
    b,
    ic: numbers(u, publics + 1),
    c: numbers(hidden, wires - publics - 1),
    h: numbers(odd, domain),
  };
}
