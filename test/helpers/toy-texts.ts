/** Models on hashed texts, small enough to train in a test. */
import { makeBase } from "../../src/model/base.ts";
import { textBase } from "../../src/model/built-in.ts";
import { exportBase } from "../../src/model/mlp/export.ts";
import { mlpFamily } from "../../src/model/mlp/family.ts";
import { openBase } from "../../src/model/session.ts";
import { trainAdapter } from "../../src/model/train.ts";
import { TOY_ROOT } from "./toy-model.ts";

const HASHING = { width: 256, seed: 1, words: [1, 2], characters: [3, 5] } as const;
const NAMES = ["card", "transfer", "refund"];
const ROWS = NAMES.flatMap((name) => [
  `where is my ${name}`,
  `my ${name} did not arrive, please help`,
  `how long does a ${name} take?`,
  `I want to stop a ${name} from Tuesday`,
]);

/** A head and two perceptrons on the built-in base, and a base that was made of the first perceptron. */
export async function toyTexts() {
  const base = textBase(HASHING);
  const open = await openBase(base);
  const activations = await open.encode(ROWS);
  await open.close();
  const labels = Uint32Array.from(ROWS, (_, i) => Math.floor(i / 4));
  const datanet = { root: TOY_ROOT, version: 1 };
  const data = { activations, labels, names: NAMES, base: base.digest, datanet };
  const perceptron = (seed: number) => mlpFamily.fit(data, { seed, ridge: 1e-3, epochs: 4, hidden: [6] });
  const [mlp, other] = [perceptron(1), perceptron(2)];
  const exported = makeBase({ preprocessing: base.preprocessing, ...exportBase(base, mlp) });
  return { base, head: trainAdapter(data, { seed: 1, ridge: 1e-3 }), mlp, other, exported };
}
