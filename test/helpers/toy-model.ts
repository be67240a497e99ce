import type { Hex } from "../../src/core/hex.ts";
import { fitScaling, numericBase } from "../../src/model/built-in.ts";
import { familyOf } from "../../src/model/family.ts";
import { openBase } from "../../src/model/session.ts";
import { trainAdapter } from "../../src/model/train.ts";
import { seededRandom } from "../../src/numeric/random.ts";
import { sketchRows } from "../../src/sketch/apply.ts";
import { fitPcaSketch } from "../../src/sketch/fit.ts";

export const TOY_LABELS = ["east", "north", "west", "south"];
export const TOY_ROOT: Hex = `0x${"5".repeat(64)}`;
/** The mini tier's k. */
export const TOY_WIDTH = 63;

const DIMENSION = 12;

/** Points around one centre for each label, close enough to be confused now and then. */
export function toyPoints(count: number, seed: number): { points: Float64Array[]; labels: Uint32Array } {
  const centres = seededRandom(99);
  const centre = TOY_LABELS.map(() => Float64Array.from({ length: DIMENSION }, () => centres.normal()));
  const random = seededRandom(seed);
  const labels = Uint32Array.from({ length: count }, () => random.integer(TOY_LABELS.length));
  const points = Array.from(labels, (label) => centre[label]!.map((x) => x + 1.5 * random.normal()));
  return { points, labels };
}

/** A trained model of 300 toy points with its sketched gradients: the real stations on small data. */
export async function toyModel() {
  const { points, labels } = toyPoints(300, 1);
  const base = await openBase(numericBase(fitScaling(points)));
  const activations = await base.encode(points);
  const adapter = trainAdapter(
    {
      activations,
      labels,
      names: TOY_LABELS,
      base: base.base.digest,
      datanet: { root: TOY_ROOT, version: 1 },
    },
    { seed: 1, ridge: 1e-3 },
  );
  const [gradients] = familyOf("linear").layerGradients(adapter, activations, labels);
  const sketch = fitPcaSketch([[gradients!]], { width: TOY_WIDTH, seed: 1, adapters: [adapter.digest] });
  const sketched = sketchRows([[gradients!]], sketch);
  return { points, labels, base, activations, adapter, gradients: gradients!, sketch, sketched };
}

export type ToyModel = Awaited<ReturnType<typeof toyModel>>;
