import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { SCALAR_BYTES } from "../../crypto/kzg/curve.ts";
import { POINT_BYTES, windowBits } from "./fixed-base.ts";
import type { MultiplyTask } from "./multiply-worker.ts";
import type { GroupName } from "./point-additions.ts";

/** Multiplies generators by scalars on all cores. */
export interface Multiplier {
  /** `scalars`: 32 plain little-endian bytes each. Returns affine points in Montgomery form. */
  multiply(group: GroupName, scalars: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** More shares than threads, so that none waits long for the last one. */
const SHARES_PER_THREAD = 4;

/**
 * @param expected about how many points of each group will be asked for: decides the tables' size
 * @param onShare after each share, with the number of its points
 */
export function openMultiplier(
  expected: Readonly<Record<GroupName, number>>,
  onShare: (points: number) => void = () => {},
): Multiplier {
  const threads = availableParallelism();
  const pool = new Piscina<MultiplyTask, void>({
    filename: new URL("./multiply-worker.ts", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  return {
    async multiply(group, scalars) {
      const size = POINT_BYTES[group];
      const count = scalars.length / SCALAR_BYTES;
      const input = new Uint8Array(new SharedArrayBuffer(scalars.length));
      input.set(scalars);
      const points = new Uint8Array(new SharedArrayBuffer(count * size));
      const share = Math.max(1, Math.ceil(count / (threads * SHARES_PER_THREAD)));
      const shares = Array.from({ length: Math.ceil(count / share) }, async (_, i) => {
        const [from, to] = [i * share, Math.min((i + 1) * share, count)];
        await pool.run({
          group,
          windowBits: windowBits(expected[group] / threads),
          scalars: input.subarray(from * SCALAR_BYTES, to * SCALAR_BYTES),
          points: points.subarray(from * size, to * size),
        });
        onShare(to - from);
      });
      await Promise.all(shares);
      return points;
    },
    close: () => pool.destroy(),
  };
}
