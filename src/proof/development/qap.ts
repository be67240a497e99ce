import { SCALAR_BYTES } from "../../core/kzg/curve.ts";
import type { Arena } from "./arena.ts";
import { isOffDomain, lagrangeAt } from "./lagrange.ts";
import { type R1cs, TERM_BYTES } from "./r1cs.ts";
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

/**
 * Adds L_j·coefficient of every term to its wire's sum, for the three matrices.
 *
 * A Montgomery product of L_j (in Montgomery form) and a plain coefficient is the plain product, so
 * the sums come out plain without a conversion.
 */
function accumulate(arena: Arena, r1cs: R1cs, lagrange: number, sums: readonly number[]): void {
  const { call } = arena;
  const terms = arena.reserve(r1cs.terms.length);
  arena.write(terms, r1cs.terms);
  const product = arena.reserve(SCALAR_BYTES);
  let at = 0;
  for (let j = 0; j < r1cs.constraints; j++) {
    for (const matrix of sums) {
      const count = r1cs.terms.readUInt32LE(at);
      at += 4;
      for (let i = 0; i < count; i++, at += TERM_BYTES) {
        const sum = matrix + r1cs.terms.readUInt32LE(at) * SCALAR_BYTES;
        call.frm_mul!(lagrange + j * SCALAR_BYTES, terms + at + 4, product);
        call.frm_add!(sum, product, sum);
      }
    }
  }
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
  const domain = domainSize(r1cs);
  if (!isOffDomain(tau, 2 * domain)) throw new RangeError("τ is a root of unity of the domain");
  const bytes = r1cs.wires * SCALAR_BYTES;
  const lagrange = lagrangeAt(arena, domain, tau);
  const sums = [arena.reserve(bytes), arena.reserve(bytes), arena.reserve(bytes)] as const;
  accumulate(arena, r1cs, lagrange, sums);
  const [u, v, w] = sums;
  const row = arena.reserve(SCALAR_BYTES);
  for (let s = 0; s <= r1cs.publics; s++) {
    call.frm_fromMontgomery!(lagrange + (r1cs.constraints + s) * SCALAR_BYTES, row);
    call.frm_add!(u + s * SCALAR_BYTES, row, u + s * SCALAR_BYTES);
  }
  const a = arena.read(u, bytes);
  const b = arena.read(v, bytes);
  const split = (r1cs.publics + 1) * SCALAR_BYTES;
  const scale = {
    alpha: arena.element("frm", alpha),
    beta: arena.element("frm", beta),
    delta: arena.element("frm", delta),
  };
  call.frm_inverse!(scale.delta, scale.delta);
  for (let at = 0; at < bytes; at += SCALAR_BYTES) {
    call.frm_mul!(u + at, scale.beta, u + at);
    call.frm_mul!(v + at, scale.alpha, v + at);
    call.frm_add!(u + at, v + at, u + at);
    call.frm_add!(u + at, w + at, u + at);
    if (at >= split) call.frm_mul!(u + at, scale.delta, u + at);
  }
  const combined = arena.read(u, bytes);
  return {
    domain,
    a,
    b,
    ic: combined.subarray(0, split),
    c: combined.subarray(split),
    h: oddLagrange(arena, domain, tau, scale.delta),
  };
}

function oddLagrange(arena: Arena, domain: number, tau: bigint, inverseDelta: number): Uint8Array {
  const { call } = arena;
  const lagrange = lagrangeAt(arena, 2 * domain, tau);
  const out = arena.reserve(domain * SCALAR_BYTES);
  for (let i = 0; i < domain; i++) {
    const at = out + i * SCALAR_BYTES;
    call.frm_mul!(lagrange + (2 * i + 1) * SCALAR_BYTES, inverseDelta, at);
    call.frm_fromMontgomery!(at, at);
  }
  return arena.read(out, domain * SCALAR_BYTES);
}
