import { type Curve, getCurveFromName, type PointBytes } from "ffjavascript";
import type { G1, G2 } from "../points.ts";

/** Bytes of an affine point and of a scalar. */
export const G1_BYTES = 64;
export const G2_BYTES = 128;
export const SCALAR_BYTES = 32;

/** A use of the curve's worker threads; they end when the last user closes. */
export interface CurveUse {
  readonly curve: Curve;
  close(): Promise<void>;
}

/** ffjavascript keeps one threaded curve for a process, which snarkjs uses too: so its users are counted here. */
let users = 0;

/** BN254 in wasm on all cores. Its threads keep the process alive until `close`. */
export async function openCurve(): Promise<CurveUse> {
  users++;
  const curve = await getCurveFromName("bn128");
  let open = true;
  return {
    curve,
    async close() {
      if (!open) return;
      open = false;
      users--;
      if (users === 0) await curve.terminate();
    },
  };
}

/** A point from the library's bytes, affine or Jacobian; infinity becomes (0, 0). */
export function readG1(curve: Curve, bytes: PointBytes): G1 {
  if (curve.G1.isZero(bytes)) return { x: 0n, y: 0n };
  const [x, y] = curve.G1.toObject(curve.G1.toAffine(bytes));
  return { x, y };
}

export function readG2(curve: Curve, bytes: PointBytes): G2 {
  if (curve.G2.isZero(bytes)) return { x: [0n, 0n], y: [0n, 0n] };
  const [x, y] = curve.G2.toObject(curve.G2.toAffine(bytes));
  return { x, y };
}

/** The library's affine bytes of a point; it does not check that the point is on the curve. */
export const g1Bytes = (curve: Curve, { x, y }: G1): PointBytes => curve.G1.fromObject([x, y]);

export const g2Bytes = (curve: Curve, { x, y }: G2): PointBytes =>
  curve.G2.fromObject([[...x] as [bigint, bigint], [...y] as [bigint, bigint]]);
