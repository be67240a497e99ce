import { groth16, wtns } from "snarkjs";
import { TributaryError } from "../core/errors.ts";
import { g1Bytes, g2Bytes } from "../crypto/kzg/curve.ts";
import { portableKzg } from "../crypto/kzg/engine.ts";
import type { Groth16Backend } from "./backend.ts";
import { closingFiles } from "./snarkjs-files.ts";

/**
 * The portable backend: WebAssembly, on the threads of `openCurve` (snarkjs takes the same curve), which
 * whoever opened them closes.
 */
export const snarkjsBackend: Groth16Backend = {
  name: "snarkjs",

  async witness(wasmPath, input) {
    const out: { type: "mem"; data?: Uint8Array } = { type: "mem" };
    try {
      await closingFiles(() => wtns.calculate(input, wasmPath, out));
    } catch (cause) {
      throw new TributaryError("TRB_PROOF_WITNESS", "the circuit refuses this batch", {
        cause,
        details: (cause as Error).message,
        hint: "Every known reason is refused before with its own message; this one is a fault of the program or of its circuit files.",
      });
    }
    return out.data!;
  },

  async groth16(zkeyPath, witness) {
    try {
      const { proof, publicSignals } = await closingFiles(() =>
        groth16.prove(zkeyPath, { type: "mem", data: witness }),
      );
      const [[bx0, bx1], [by0, by1]] = proof.pi_b;
      return {
        a: { x: BigInt(proof.pi_a[0]), y: BigInt(proof.pi_a[1]) },
        b: { x: [BigInt(bx0), BigInt(bx1)], y: [BigInt(by0), BigInt(by1)] },
        c: { x: BigInt(proof.pi_c[0]), y: BigInt(proof.pi_c[1]) },
        publicSignals: publicSignals.map(BigInt),
      };
    } catch (cause) {
      throw new TributaryError("TRB_PROOF_BACKEND", "the proof could not be computed", {
        cause,
        details: `${zkeyPath}: ${(cause as Error).message}`,
        hint: "The proving key may be of another circuit: run `make setup`.",
      });
    }
  },

  productIsOne: (pairings, curve) =>
    curve.pairingEq(
      ...pairings.flatMap(({ sum, twist }) => [
        sum.reduce(
          (total, [scalar, point]) =>
            curve.G1.add(total, curve.G1.timesFr(g1Bytes(curve, point), curve.Fr.e(scalar))),
          curve.G1.zero,
        ),
        g2Bytes(curve, twist),
      ]),
    ),

  kzg: portableKzg,
};
