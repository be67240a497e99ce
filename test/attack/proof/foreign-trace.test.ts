import { after, before, test } from "node:test";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { exampleStatement, exampleTraces } from "../../helpers/proof-example.ts";
import { TRACES_SEED } from "../../helpers/proof-fixture.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { assertRefused } from "../../helpers/proof-verdicts.ts";

/** A trace that was committed under another index, or is another inference's, in the place of the batch's own. */
let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("traces committed under another index are refused", async () => {
  const { tools, example, verifiers } = scene;
  const foreign = exampleTraces(TRACES_SEED, 4n);
  const statement = await exampleStatement(example.index, foreign, tools);
  const relabelled = foreign.map((trace) => ({ ...trace, indexId: statement.indexId }));
  const { settlement } = await forge(tools, { index: example.index, traces: relabelled, statement });
  await assertRefused(verifiers, settlement);
});

test("another inference's sketch under the committed trace is refused", async () => {
  const { tools, example, verifiers } = scene;
  const traces = example.traces.map((trace, q) => (q === 2 ? { ...trace, u: example.traces[0]!.u } : trace));
  const { settlement } = await forge(tools, { ...example, traces });
  await assertRefused(verifiers, settlement);
});

test("two payments' traces exchanged are refused", async () => {
  const { honest, verifiers } = scene;
  const [first, second, ...rest] = honest.statement.traces;
  const statement = { ...honest.statement, traces: [second!, first!, ...rest] };
  await assertRefused(verifiers, { ...honest, statement });
});
