import type { OnProgress } from "../../core/progress.ts";
import { P, R } from "../../crypto/field.ts";
import { scalarBytes } from "../../crypto/kzg/commit.ts";
import { writeSectionFile } from "../../files/section-writer.ts";
import { openMultiplier } from "./multiply.ts";
import { developmentTrapdoor } from "./secrets.ts";

function ptauHeader(power: number): Buffer {
  const header = Buffer.alloc(44);
  header.writeUInt32LE(32);
  Buffer.from(P.toString(16).padStart(64, "0"), "hex").reverse().copy(header, 4);
  header.writeUInt32LE(power, 36);
  header.writeUInt32LE(power, 40);
  return header;
}

/**
 * Writes [τ^0]₁ … [τ^(length−1)]₁, [1]₂ and [τ]₂ of the development τ in the layout of a snarkjs
 * `.ptau` file, with the two sections that KZG needs and no more powers than asked for.
 */
export async function writeDevelopmentSrs(
  path: string,
  length: number,
  onProgress: OnProgress = () => {},
): Promise<void> {
  // τ is the same whatever the tier.
  const { tau } = developmentTrapdoor("mini");
  const powers = new Array<bigint>(length).fill(1n);
  for (let i = 1; i < length; i++) powers[i] = (powers[i - 1]! * tau) % R;
  let done = 0;
  const multiplier = openMultiplier({ g1: length, g2: 2 }, (points) => {
    done += points;
    onProgress({ stage: "powers of τ", done: Math.min(done, length), total: length });
  });
  try {
    const [tauG1, tauG2] = await Promise.all([
      multiplier.multiply("g1", scalarBytes(powers)),
      multiplier.multiply("g2", scalarBytes([1n, tau])),
    ]);
    await writeSectionFile(path, "ptau", 1, [
      { id: 1, content: [ptauHeader(Math.ceil(Math.log2(length)))] },
      { id: 2, content: [tauG1] },
      { id: 3, content: [tauG2] },
    ]);
  } finally {
    await multiplier.close();
  }
}
