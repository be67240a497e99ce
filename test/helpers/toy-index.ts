import { buildIndex, type IndexInput } from "../../src/attribution/build.ts";
import { type ToyModel, toyModel } from "./toy-model.ts";

/** What an index of the toy model is built from: row i belongs to position i mod 12. */
export async function toyIndexInput(): Promise<{ input: IndexInput; toy: ToyModel }> {
  const toy = await toyModel();
  await toy.base.close();
  const input: IndexInput = {
    tier: "mini",
    sketched: toy.sketched,
    owners: Uint32Array.from(toy.labels, (_, i) => i % 12),
    assigned: 12,
    datanet: toy.adapter.datanet,
    base: toy.adapter.base,
    adapter: toy.adapter.digest,
    sketch: toy.sketch.digest,
    ridge: toy.adapter.report.ridge,
    blindingSeed: new Uint8Array(32).fill(7),
  };
  return { input, toy };
}

if (import.meta.main) {
  const { input } = await toyIndexInput();
  process.stdout.write(`${JSON.stringify(buildIndex(input).manifest)}\n`);
}
