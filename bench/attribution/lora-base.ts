/** The base that low-rank pairs are trained in: the built-in ones have no products to adapt. */
import { fitScaling, numericBase } from "../../src/model/built-in.ts";
import { type ExportedBase, exportBase } from "../../src/model/mlp/export.ts";
import { mlpFamily } from "../../src/model/mlp/family.ts";
import { openBase } from "../../src/model/session.ts";
import { digitLines } from "./data.ts";

/** The digits that the base has seen; what is adapted has all ten. */
const SEEN = 5;

/**
 * A perceptron of 64 hidden units without its head, trained on the digits 0 to 4 of the rows that are not measured on.
 *
 * @param rows that are measured on
 */
export async function digitsBase(rows: number): Promise<ExportedBase> {
  const others = digitLines(rows)
    .others.map((line) => line.split(",").map(Number))
    .filter((row) => row[64]! < SEEN);
  const points = others.map((row) => Float64Array.from(row.slice(0, 64)));
  const below = await openBase(numericBase(fitScaling(points)));
  try {
    const data = {
      activations: await below.encode(points),
      labels: Uint32Array.from(others, (row) => row[64]!),
      names: Array.from({ length: SEEN }, (_, digit) => String(digit)),
      base: below.base.digest,
      // Of no DataNet: nobody is paid for what the base has learned.
      datanet: { root: `0x${"0".repeat(64)}`, version: 1 } as const,
    };
    return exportBase(below.base, mlpFamily.fit(data, { seed: 1, ridge: 1e-3 }));
  } finally {
    await below.close();
  }
}
