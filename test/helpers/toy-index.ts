import { buildIndex as buildIntegers, type IndexInput } from "../../src/attribution/build.ts";
import type { BuiltIndex } from "../../src/attribution/types.ts";
import { attributeRows } from "../../src/operations/attribution/attribute.ts";
import { type FittedMethod, fitMethod } from "../../src/operations/attribution/fit.ts";
import { DEFAULT_METHOD } from "../../src/operations/attribution/options.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { type ToyModel, toyModel } from "./toy-model.ts";

/** What an index is made of, and w_i·φ_i of each row, n × k. */
export type ToyIndexInput = IndexInput & { readonly phi: Float32Array };

/** An index with its rows' influence in memory. */
export function buildIndex({ phi, ...input }: ToyIndexInput): BuiltIndex {
  const built = buildIntegers(input);
  const { scale, width } = built.manifest;
  return { ...built, rows: { values: phi.map((x) => x * scale), width, owners: input.owners } };
}

/** What an index of the toy model is built from: row i belongs to position i mod 12. */
export async function toyIndexInput(): Promise<{
  input: ToyIndexInput;
  toy: ToyModel;
  fitted: FittedMethod;
}> {
  const toy = await toyModel();
  await toy.base.close();
  const owners = Uint32Array.from(toy.labels, (_, i) => i % 12);
  const training = { adapters: [toy.adapter], activations: toy.activations, labels: toy.labels };
  const fitted = fitMethod(training, owners, TIERS.mini.width, DEFAULT_METHOD);
  const input: ToyIndexInput = {
    tier: "mini",
    ...attributeRows(training, owners, TIERS.mini.positions, fitted),
    owners,
    assigned: 12,
    datanet: toy.adapter.datanet,
    base: toy.adapter.base,
    adapters: [toy.adapter.digest],
    sketch: fitted.sketch.digest,
    method: fitted.record,
    blindingSeed: new Uint8Array(32).fill(7),
  };
  return { input, toy, fitted };
}

if (import.meta.main) {
  const { input } = await toyIndexInput();
  process.stdout.write(`${JSON.stringify(buildIndex(input).manifest)}\n`);
}
