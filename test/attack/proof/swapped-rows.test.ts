import { after, before, test } from "node:test";
import { openScene, type Scene } from "../../helpers/proof-attack.ts";
import { exampleStatement } from "../../helpers/proof-example.ts";
import { forge } from "../../helpers/proof-forge.ts";
import { assertAccepted, assertRefused } from "../../helpers/proof-verdicts.ts";

/** Two contributors' rows exchanged, under the registered commitment. */
let scene: Scene;
before(async () => {
  scene = await openScene();
});
after(() => scene.close());

test("a proof over exchanged rows holds for their own commitment, and not for the registered one", async () => {
  const { tools, example, verifiers } = scene;
  const { index, traces } = example;
  const phi = Int8Array.from(index.phi);
  phi.set(index.phi.subarray(index.width, 2 * index.width), 0);
  phi.set(index.phi.subarray(0, index.width), index.width);
  const swapped = { ...index, phi };

  const own = await exampleStatement(swapped, traces, tools);
  await assertAccepted(
    verifiers,
    (await forge(tools, { index: swapped, traces, statement: own })).settlement,
  );
  const { settlement } = await forge(tools, { ...example, index: swapped });
  await assertRefused(verifiers, settlement);
});
