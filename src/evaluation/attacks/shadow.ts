import { familyOf } from "../../model/family.ts";
import type { Adapter, LayerGradients } from "../../model/types.ts";
import type { Random } from "../../numeric/random.ts";
import { tokensOf } from "../../numeric/tokens.ts";
import { encode, fitOn } from "./market.ts";
import type { Objective } from "./perturb.ts";
import type { Ground } from "./types.ts";

const SHADOWS = 3;

/** Σ_t δ_t ⊗ x_t of all rows, dense: outputs × (inputs + bias). */
function totalGradient({ inputs, deltas, outputs, bias }: LayerGradients): Float64Array {
  const columns = inputs.width + Number(bias);
  const total = new Float64Array(outputs * columns);
  for (let t = 0; t < inputs.rows; t++) {
    for (let o = 0; o < outputs; o++) {
      const delta = deltas[t * outputs + o]!;
      for (let e = inputs.offsets[t]!; e < inputs.offsets[t + 1]!; e++) {
        total[o * columns + inputs.columns[e]!]! += delta * inputs.values[e]!;
      }
      if (bias) total[o * columns + inputs.width]! += delta;
    }
  }
  return total;
}

/** ⟨g_i, G⟩ of each row, summed into `into`. */
function addProducts(layer: LayerGradients, total: Float64Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) {
    const [from, to] = tokensOf(layer, i);
    for (let t = from; t < to; t++) into[i]! += tokenProduct(layer, t, total);
  }
}

/** δ_tᵀ·G·[x_t; 1]. */
function tokenProduct(
  { inputs, deltas, outputs, bias }: LayerGradients,
  t: number,
  total: Float64Array,
): number {
  const columns = inputs.width + Number(bias);
  let product = 0;
  for (let o = 0; o < outputs; o++) {
    let sum = bias ? total[o * columns + inputs.width]! : 0;
    for (let e = inputs.offsets[t]!; e < inputs.offsets[t + 1]!; e++) {
      sum += inputs.values[e]! * total[o * columns + inputs.columns[e]!]!;
    }
    product += deltas[t * outputs + o]! * sum;
  }
  return product;
}

/**
 * The Shadow Attack's objective: the gradient of a row times the mean gradient of data like the requests, over models that
 * the attacker has trained on halves of data of the same distribution.
 */
export async function alignment(ground: Ground, random: Random): Promise<Objective> {
  const { public: known, names } = ground;
  const family = familyOf(ground.kind, ground.encoder.base);
  const half = Math.floor(known.labels.length / 2);
  const shadows: { adapter: Adapter; totals: Float64Array[] }[] = [];
  for (let m = 0; m < SHADOWS; m++) {
    const order = random.permutation(known.labels.length);
    const take = (rows: Uint32Array) => ({
      features: Array.from(rows, (row) => known.features[row]!),
      labels: Uint32Array.from(rows, (row) => known.labels[row]!),
    });
    const adapter = await fitOn(ground, take(order.slice(0, half)));
    const rest = take(order.slice(half));
    const layers = family.layerGradients(adapter, await encode(ground, rest.features), rest.labels);
    shadows.push({ adapter, totals: layers.map(totalGradient) });
  }
  return async (candidates, label) => {
    const activations = await encode(ground, candidates);
    const labels = new Uint32Array(candidates.length).fill(Math.min(label, names.length - 1));
    const result = new Float64Array(candidates.length);
    for (const { adapter, totals } of shadows) {
      family.layerGradients(adapter, activations, labels).forEach((layer, l) => {
        addProducts(layer, totals[l]!, result);
      });
    }
    return result;
  };
}
