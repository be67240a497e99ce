import { TributaryError } from "../core/errors.ts";
import { P } from "../crypto/field.ts";
import { scalarBytes } from "../crypto/kzg/commit.ts";
import { SCALAR_BYTES } from "../crypto/kzg/curve.ts";
import { type KzgEngine, readScalars, type WorkOptions } from "../crypto/kzg/engine.ts";
import type { Srs } from "../crypto/kzg/srs.ts";
import type { G1, G2 } from "../crypto/points.ts";
import type { Groth16Backend } from "./backend.ts";
import { type NativeAddon, nativeAddon, runNative } from "./native-addon.ts";
import { nativeWitness } from "./native-witness.ts";
import { snarkjsBackend } from "./snarkjs-backend.ts";

export interface NativeBackendOptions {
  /** Default: one for each core. */
  readonly threads?: number | undefined;
}

/** Plain coordinates, 32 little-endian bytes each. */
const G1_BYTES = 2 * SCALAR_BYTES;
const G2_BYTES = 4 * SCALAR_BYTES;

function g1(bytes: Uint8Array): G1 {
  const [x, y] = readScalars(bytes) as [bigint, bigint];
  return { x, y };
}

function g2(bytes: Uint8Array): G2 {
  const [x0, x1, y0, y1] = readScalars(bytes) as [bigint, bigint, bigint, bigint];
  return { x: [x0, x1], y: [y0, y1] };
}

function nativeKzg(addon: NativeAddon, srs: Srs, threads: number | undefined): KzgEngine {
  return {
    sortsCoefficients: true,
    async commit(terms, options = {}) {
      const [factors, polynomials] = [scalarBytes(terms.map(([f]) => f)), terms.map(([, p]) => p)];
      return g1(
        await runNative(addon, options, (reporter) =>
          addon.commitPolynomial(srs.path, factors, polynomials, threads, reporter),
        ),
      );
    },
    async open(terms, x, options = {}) {
      const [factors, polynomials] = [scalarBytes(terms.map(([f]) => f)), terms.map(([, p]) => p)];
      const bytes = await runNative(addon, options, (reporter) =>
        addon.openPolynomial(srs.path, factors, polynomials, scalarBytes([x]), threads, reporter),
      );
      const [value] = readScalars(bytes.subarray(0, SCALAR_BYTES)) as [bigint];
      return { value, proof: g1(bytes.subarray(SCALAR_BYTES)) };
    },
    async openAll(polynomial, options = {}) {
      const bytes = await runNative(addon, options, (reporter) =>
        addon.openAtAllRoots(srs.path, polynomial, threads, reporter),
      );
      const count = bytes.length / G1_BYTES;
      return Array.from({ length: count }, (_, k) => g1(bytes.subarray(k * G1_BYTES, (k + 1) * G1_BYTES)));
    },
    async fold(polynomial, width, alpha) {
      const bytes = await runNative(addon, {}, (reporter) =>
        addon.foldPolynomial(polynomial, width, scalarBytes([alpha]), reporter),
      );
      const end = width * SCALAR_BYTES;
      return { folded: readScalars(bytes.subarray(0, end)), quotient: bytes.subarray(end) };
    },
  };
}

/** The native code as a backend. */
export function nativeBackend(addon: NativeAddon, { threads }: NativeBackendOptions = {}): Groth16Backend {
  return {
    name: "native",

    witness(wasmPath, input, options = {}) {
      const { r1csPath } = options;
      if (r1csPath === undefined) return snarkjsBackend.witness(wasmPath, input);
      return nativeWitness(addon, r1csPath, input, options);
    },

    async groth16(zkeyPath, witness, options: WorkOptions = {}) {
      const bytes = await runNative(addon, options, (reporter) =>
        addon.proveGroth16(zkeyPath, witness, threads, reporter),
      );
      const c = G1_BYTES + G2_BYTES;
      return {
        a: g1(bytes.subarray(0, G1_BYTES)),
        b: g2(bytes.subarray(G1_BYTES, c)),
        c: g1(bytes.subarray(c, c + G1_BYTES)),
        publicSignals: readScalars(bytes.subarray(c + G1_BYTES)),
      };
    },

    productIsOne(pairings) {
      const counts = pairings.map(({ sum }) => sum.length);
      const terms = pairings.flatMap(({ sum }) => sum);
      const scalars = scalarBytes(terms.map(([scalar]) => scalar));
      const points = scalarBytes(
        terms.flatMap(([, { x, y }]) => [x, y]),
        P,
      );
      const twists = scalarBytes(
        pairings.flatMap(({ twist: { x, y } }) => [...x, ...y]),
        P,
      );
      return runNative(addon, {}, (reporter) =>
        addon.pairingEquation(counts, scalars, points, twists, reporter),
      );
    },

    kzg: (srs) => nativeKzg(addon, srs, threads),
  };
}

/**
 * The native backend.
 *
 * @throws TRB_PROOF_NO_NATIVE where it was not built; TRB_PROOF_NATIVE where it does not load
 */
export function requireNative(options: NativeBackendOptions = {}): Groth16Backend {
  const addon = nativeAddon();
  if (addon === undefined) {
    throw new TributaryError("TRB_PROOF_NO_NATIVE", "the native prover is not built", {
      hint: "Run `make native` (it needs Rust), or leave the choice of the backend to the program.",
    });
  }
  return nativeBackend(addon, options);
}
